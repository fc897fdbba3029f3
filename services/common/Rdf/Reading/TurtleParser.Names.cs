using System.Text;

namespace Ecosystem.Rdf;

internal sealed partial class TurtleParser
{
    private const string LocalEscapes = "_~.-!$&'()*+,;=/?#@%";

    private Iri TakeIri(string role)
    {
        int start = _lexer.Position;
        if (_lexer.Current == '<')
        {
            return new Iri(Resolve(start, _lexer.TakeIriReference()));
        }

        if (_lexer.Current != ':' && !StartsName())
        {
            throw _lexer.Fault($"Expected {role}, found {_lexer.Describe()}.");
        }

        string prefix = TakePrefix();
        if (!_prefixes.TryGetValue(prefix, out string? space))
        {
            throw _lexer.FaultAt(start, $"The prefix '{prefix}:' is not declared.");
        }

        string iri = space + LocalName();
        return iri.Length > 0 ? new Iri(iri) : throw _lexer.FaultAt(start, "This name stands for an empty IRI.");
    }

    private bool StartsName()
    {
        int start = _lexer.Position;
        bool starts = _lexer.TryTakeRune(Characters.IsNameStart);
        _lexer.Position = start;
        return starts;
    }

    /// <summary>PNAME_NS without its colon.</summary>
    private string TakePrefix()
    {
        int from = _lexer.Position;
        if (_lexer.TryTakeRune(Characters.IsNameStart))
        {
            _lexer.TakeNameRest(from);
        }

        string prefix = _lexer.Text[from.._lexer.Position];
        _lexer.Take(':', prefix.Length == 0 ? "of a prefix" : $"after '{prefix}'");
        return prefix;
    }

    /// <summary>PN_LOCAL: dots only inside, percent escapes kept, backslash escapes taken off.</summary>
    private string LocalName()
    {
        int from = _lexer.Position;
        var name = new StringBuilder();
        int whole = 0;
        int end = from;
        while (_lexer.Position - from <= _options.MaxNameLength)
        {
            int at = _lexer.Position;
            if (_lexer.Current == '%')
            {
                if (!char.IsAsciiHexDigit(_lexer.Ahead(1)) || !char.IsAsciiHexDigit(_lexer.Ahead(2)))
                {
                    throw _lexer.Fault("'%' must be followed by two hexadecimal digits.");
                }

                _lexer.Position += 3;
            }
            else if (_lexer.Current == '\\')
            {
                if (!LocalEscapes.Contains(_lexer.Ahead(1), StringComparison.Ordinal))
                {
                    throw _lexer.Fault($"'\\{_lexer.Ahead(1)}' is not an escape of a local name.");
                }

                name.Append(_lexer.Ahead(1));
                _lexer.Position += 2;
                (whole, end) = (name.Length, _lexer.Position);
                continue;
            }
            else if (_lexer.Current == '.' && at > from)
            {
                _lexer.Position++;
                name.Append('.');
                continue;
            }
            else if (!_lexer.TryTakeRune(r => r.Value is ':' || (Characters.IsName(r) && (at > from || IsLocalStart(r)))))
            {
                _lexer.Position = end;
                return name.ToString(0, whole);
            }

            name.Append(_lexer.Text, at, _lexer.Position - at);
            (whole, end) = (name.Length, _lexer.Position);
        }

        throw _lexer.FaultAt(from, $"A name may have at most {_options.MaxNameLength} characters.");
    }

    private static bool IsLocalStart(Rune rune) => Characters.IsNameStart(rune) || rune.Value is '_' or (>= '0' and <= '9');

    private string Resolve(int position, string reference)
    {
        if (IriReference.HasScheme(reference))
        {
            return _base is null ? reference : IriReference.Resolve(_base, reference);
        }

        return _base is null
            ? throw _lexer.FaultAt(position, $"The relative IRI <{reference}> needs a base, and the document has none.")
            : IriReference.Resolve(_base, reference);
    }
}
