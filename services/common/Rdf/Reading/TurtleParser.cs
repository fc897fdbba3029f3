namespace Ecosystem.Rdf;

/// <summary>Recursive descent over the Turtle grammar; method names follow its productions.</summary>
internal sealed partial class TurtleParser
{
    private readonly RdfReaderOptions _options;
    private readonly Lexer _lexer;
    private readonly TripleCollector _triples;
    private readonly Dictionary<string, string> _prefixes = [];
    private readonly Dictionary<string, BlankNode> _labelled = [];

    private string? _base;
    private int _depth;

    public TurtleParser(string document, RdfReaderOptions options)
    {
        _options = options;
        _lexer = new Lexer(document, options);
        _triples = new TripleCollector(_lexer, options);
        _base = options.BaseIri;
    }

    public Graph ReadWhole()
    {
        RefuseOversize();
        while (SkipToStatement())
        {
            Statement();
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

        while (SkipToStatement())
        {
            try
            {
                Statement();
            }
            catch (RdfSyntaxException fault)
            {
                _depth = 0;
                if (!_triples.Reject(fault, () => TurtleRecovery.MoveToNextStatement(_lexer)))
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

    private bool SkipToStatement()
    {
        SkipBlanks();
        _triples.Begin();
        return !_lexer.AtEnd;
    }

    private void Statement()
    {
        if (_lexer.Current == '@')
        {
            AtDirective();
        }
        else if (TakeKeyword("PREFIX"))
        {
            PrefixDeclaration();
        }
        else if (TakeKeyword("BASE"))
        {
            BaseDeclaration();
        }
        else
        {
            Triples();
            SkipBlanks();
            _lexer.Take('.', "at the end of the statement");
        }

        _triples.Complete();
    }

    private void AtDirective()
    {
        if (_lexer.StartsWith("@prefix"))
        {
            _lexer.Position += "@prefix".Length;
            PrefixDeclaration();
        }
        else if (_lexer.StartsWith("@base"))
        {
            _lexer.Position += "@base".Length;
            BaseDeclaration();
        }
        else
        {
            throw _lexer.Fault($"Expected '@prefix' or '@base', found {_lexer.Describe()}.");
        }

        SkipBlanks();
        _lexer.Take('.', "at the end of the directive");
    }

    private void PrefixDeclaration()
    {
        SkipBlanks();
        string prefix = TakePrefix();
        SkipBlanks();
        _prefixes[prefix] = Resolve(_lexer.Position, _lexer.TakeIriReference());
    }

    private void BaseDeclaration()
    {
        SkipBlanks();
        _base = Resolve(_lexer.Position, _lexer.TakeIriReference());
    }

    private void Triples()
    {
        if (_lexer.Current == '[')
        {
            BlankNode node = BlankNodePropertyList(out bool isEmpty);
            SkipBlanks();
            if (isEmpty || _lexer.Current != '.')
            {
                PredicateObjectList(node);
            }

            return;
        }

        Term subject = _lexer.Current == '(' ? Collection() : SubjectNode();
        _triples.Subject = subject as Iri;
        PredicateObjectList(subject);
    }

    private void PredicateObjectList(Term subject)
    {
        while (true)
        {
            SkipBlanks();
            Iri predicate = Verb();
            do
            {
                SkipBlanks();
                _triples.Add(subject, predicate, Object());
                SkipBlanks();
            }
            while (_lexer.TryTake(','));

            if (_lexer.Current != ';')
            {
                return;
            }

            while (_lexer.TryTake(';'))
            {
                SkipBlanks();
            }

            if (_lexer.Current is '.' or ']' || _lexer.AtEnd)
            {
                return;
            }
        }
    }

    private BlankNode BlankNodePropertyList(out bool isEmpty)
    {
        Enter();
        _lexer.Take('[', "before a blank node");
        var node = new BlankNode();
        SkipBlanks();
        isEmpty = _lexer.Current == ']';
        if (!isEmpty)
        {
            PredicateObjectList(node);
            SkipBlanks();
        }

        _lexer.Take(']', "after the properties of a blank node");
        _depth--;
        return node;
    }

    private Term Collection()
    {
        Enter();
        _lexer.Take('(', "before a list");
        Term head = Nil;
        BlankNode? last = null;
        while (true)
        {
            SkipBlanks();
            if (_lexer.TryTake(')'))
            {
                break;
            }

            Term member = Object();
            var cell = new BlankNode();
            _triples.Add(cell, First, member);
            if (last is null)
            {
                head = cell;
            }
            else
            {
                _triples.Add(last, Rest, cell);
            }

            last = cell;
        }

        if (last is not null)
        {
            _triples.Add(last, Rest, Nil);
        }

        _depth--;
        return head;
    }

    private void Enter()
    {
        if (++_depth > _options.MaxDepth)
        {
            throw _lexer.Fault($"Lists and blank nodes may nest at most {_options.MaxDepth} deep.");
        }
    }
}
