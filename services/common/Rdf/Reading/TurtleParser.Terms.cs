namespace Ecosystem.Rdf;

internal sealed partial class TurtleParser
{
    private static readonly Iri Type = new(RdfSyntax.Type);
    private static readonly Iri First = new(RdfSyntax.First);
    private static readonly Iri Rest = new(RdfSyntax.Rest);
    private static readonly Iri Nil = new(RdfSyntax.Nil);
    private static readonly Iri BooleanType = new(Xsd.Boolean);
    private static readonly Iri IntegerType = new(Xsd.Integer);
    private static readonly Iri DecimalType = new(Xsd.Decimal);
    private static readonly Iri DoubleType = new(Xsd.Double);

    private Term SubjectNode() => _lexer.StartsWith("_:") ? LabelledNode() : TakeIri("the subject of a statement");

    private Iri Verb()
    {
        if (_lexer.Current == 'a' && IsWordEnd(1))
        {
            _lexer.Position++;
            return Type;
        }

        return TakeIri("a predicate");
    }

    private Term Object()
    {
        char c = _lexer.Current;
        switch (c)
        {
            case '[':
                return BlankNodePropertyList(out _);
            case '(':
                return Collection();
            case '"' or '\'':
                return QuotedLiteral(c);
            case '_' when _lexer.Ahead(1) == ':':
                return LabelledNode();
        }

        if (char.IsAsciiDigit(c) || c is '+' or '-' || (c == '.' && char.IsAsciiDigit(_lexer.Ahead(1))))
        {
            return Number();
        }

        foreach (string value in (ReadOnlySpan<string>)["true", "false"])
        {
            if (_lexer.StartsWith(value) && IsWordEnd(value.Length))
            {
                _lexer.Position += value.Length;
                return new Literal(value, BooleanType);
            }
        }

        return TakeIri("an object");
    }

    private BlankNode LabelledNode()
    {
        string label = _lexer.TakeBlankNodeLabel();
        if (!_labelled.TryGetValue(label, out BlankNode? node))
        {
            _labelled[label] = node = new BlankNode();
        }

        return node;
    }

    private Literal QuotedLiteral(char mark)
    {
        string quote = _lexer.Ahead(1) == mark && _lexer.Ahead(2) == mark ? new string(mark, 3) : mark.ToString();
        string value = _lexer.TakeQuoted(quote);
        if (_lexer.Current == '@')
        {
            return new Literal(value, _lexer.TakeLanguageTag());
        }

        if (!_lexer.StartsWith("^^"))
        {
            return new Literal(value);
        }

        _lexer.Position += 2;
        return new Literal(value, TakeIri("a data type"));
    }

    /// <summary>INTEGER, DECIMAL and DOUBLE; a dot that no digit or exponent follows ends the statement instead.</summary>
    private Literal Number()
    {
        int from = _lexer.Position;
        if (_lexer.Current is '+' or '-')
        {
            _lexer.Position++;
        }

        int whole = TakeDigits();
        int fraction = 0;
        bool hasDot = _lexer.Current == '.' && (char.IsAsciiDigit(_lexer.Ahead(1)) || (whole > 0 && ExponentLength(1) > 0));
        if (hasDot)
        {
            _lexer.Position++;
            fraction = TakeDigits();
        }

        if (whole + fraction == 0)
        {
            throw _lexer.Fault($"Expected the digits of a number, found {_lexer.Describe()}.");
        }

        int exponent = ExponentLength(0);
        _lexer.Position += exponent;
        if (_lexer.Position - from > _options.MaxNameLength)
        {
            throw _lexer.FaultAt(from, $"A number may have at most {_options.MaxNameLength} characters.");
        }

        Iri type = exponent > 0 ? DoubleType : hasDot ? DecimalType : IntegerType;
        return new Literal(_lexer.Text[from.._lexer.Position], type);
    }

    private int TakeDigits()
    {
        int from = _lexer.Position;
        while (char.IsAsciiDigit(_lexer.Current))
        {
            _lexer.Position++;
        }

        return _lexer.Position - from;
    }

    private int ExponentLength(int offset)
    {
        if (_lexer.Ahead(offset) is not ('e' or 'E'))
        {
            return 0;
        }

        int length = _lexer.Ahead(offset + 1) is '+' or '-' ? 2 : 1;
        int digits = 0;
        while (char.IsAsciiDigit(_lexer.Ahead(offset + length + digits)))
        {
            digits++;
        }

        return digits == 0 ? 0 : length + digits;
    }

    private bool TakeKeyword(string keyword)
    {
        if (string.Compare(_lexer.Text, _lexer.Position, keyword, 0, keyword.Length, StringComparison.OrdinalIgnoreCase) != 0
            || !IsWordEnd(keyword.Length))
        {
            return false;
        }

        _lexer.Position += keyword.Length;
        return true;
    }

    /// <summary>Whether the word at the position ends after so many characters, so that it is not the start of a longer name.</summary>
    private bool IsWordEnd(int length)
    {
        int start = _lexer.Position;
        _lexer.Position += length;
        bool goesOn = _lexer.Current is ':' || (_lexer.Current != '\0' && _lexer.TryTakeRune(Characters.IsName));
        _lexer.Position = start;
        return !goesOn;
    }

    private void SkipBlanks()
    {
        while (!_lexer.AtEnd)
        {
            if (Characters.IsBlank(_lexer.Current))
            {
                _lexer.Position++;
            }
            else if (_lexer.Current == '#')
            {
                int end = _lexer.Text.AsSpan(_lexer.Position).IndexOfAny('\n', '\r');
                _lexer.Position = end < 0 ? _lexer.Text.Length : _lexer.Position + end;
            }
            else
            {
                return;
            }
        }
    }
}
