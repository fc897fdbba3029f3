namespace Ecosystem.Rdf;

internal sealed class NTriplesParser
{
    private readonly RdfReaderOptions _options;
    private readonly Lexer _lexer;
    private readonly TripleCollector _triples;
    private readonly Dictionary<string, BlankNode> _labelled = [];

    public NTriplesParser(string document, RdfReaderOptions options)
    {
        _options = options;
        _lexer = new Lexer(document, options);
        _triples = new TripleCollector(_lexer, options);
    }

    public Graph ReadWhole()
    {
        RefuseOversize();
        while (MoveToLine())
        {
            Line();
        }

        return _triples.Graph;
    }

    public RdfReading ReadTolerantly()
    {
        try
        {
            RefuseOversize();
        }
        catch (RdfSyntaxException tooLarge)
        {
            _triples.Reject(tooLarge, resume: () => false);
            return _triples.Finish();
        }

        while (MoveToLine())
        {
            try
            {
                Line();
            }
            catch (RdfSyntaxException fault)
            {
                if (!_triples.Reject(fault, MoveToLineEnd))
                {
                    break;
                }
            }
        }

        return _triples.Finish();
    }

    private void RefuseOversize()
    {
        if (_lexer.Text.Length > _options.MaxCharacters)
        {
            throw _lexer.Fault($"A document may have at most {_options.MaxCharacters} characters, this one has {_lexer.Text.Length}.");
        }
    }

    private bool MoveToLine()
    {
        while (!_lexer.AtEnd && (Characters.IsBlank(_lexer.Current) || _lexer.Current == '#'))
        {
            if (_lexer.Current == '#')
            {
                MoveToLineEnd();
            }
            else
            {
                _lexer.Position++;
            }
        }

        _triples.Begin();
        return !_lexer.AtEnd;
    }

    private bool MoveToLineEnd()
    {
        while (!_lexer.AtEnd && _lexer.Current is not ('\n' or '\r'))
        {
            _lexer.Position++;
        }

        return true;
    }

    private void Line()
    {
        Term subject = Resource("the subject of a triple");
        _triples.Subject = subject as Iri;
        SkipSpaces();
        Iri predicate = AbsoluteIri("a predicate");
        SkipSpaces();
        Term @object = _lexer.Current == '"' ? Text() : Resource("an object");
        SkipSpaces();
        _lexer.Take('.', "at the end of the triple");
        SkipSpaces();
        if (!_lexer.AtEnd && _lexer.Current is not ('\n' or '\r' or '#'))
        {
            throw _lexer.Fault($"Only a comment may follow on the line of a triple, found {_lexer.Describe()}.");
        }

        _triples.Add(subject, predicate, @object);
        _triples.Complete();
    }

    private Term Resource(string role)
    {
        if (!_lexer.StartsWith("_:"))
        {
            return AbsoluteIri(role);
        }

        string label = _lexer.TakeBlankNodeLabel();
        if (!_labelled.TryGetValue(label, out BlankNode? node))
        {
            _labelled[label] = node = new BlankNode();
        }

        return node;
    }

    private Iri AbsoluteIri(string role)
    {
        int start = _lexer.Position;
        if (_lexer.Current != '<')
        {
            throw _lexer.Fault($"Expected {role}, found {_lexer.Describe()}.");
        }

        string iri = _lexer.TakeIriReference();
        return IriReference.HasScheme(iri)
            ? new Iri(iri)
            : throw _lexer.FaultAt(start, $"N-Triples has no relative IRIs; <{iri}> must be absolute.");
    }

    private Literal Text()
    {
        string value = _lexer.TakeQuoted("\"");
        if (_lexer.Current == '@')
        {
            return new Literal(value, _lexer.TakeLanguageTag());
        }

        if (!_lexer.StartsWith("^^"))
        {
            return new Literal(value);
        }

        _lexer.Position += 2;
        return new Literal(value, AbsoluteIri("a data type"));
    }

    private void SkipSpaces()
    {
        while (_lexer.Current is ' ' or '\t')
        {
            _lexer.Position++;
        }
    }
}
