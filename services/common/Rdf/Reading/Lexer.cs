using System.Globalization;
using System.Text;

namespace Ecosystem.Rdf;

/// <summary>The position in a document and the tokens that Turtle and N-Triples share.</summary>
internal sealed partial class Lexer(string text, RdfReaderOptions options)
{
    private readonly List<int> _lineStarts = [0];
    private int _countedTo;

    public string Text { get; } = text;

    public int Position { get; set; } = text.StartsWith('\uFEFF') ? 1 : 0;

    public bool AtEnd => Position >= Text.Length;

    /// <summary>The current character, NUL at the end.</summary>
    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public char Ahead(int offset) => Position + offset < Text.Length ? Text[Position + offset] : '\0';

    public bool StartsWith(string token) => string.CompareOrdinal(Text, Position, token, 0, token.Length) == 0;

    public bool TryTake(char expected)
    {
        if (Current != expected || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    public void Take(char expected, string where)
    {
        if (!TryTake(expected))
        {
            throw Fault($"Expected '{expected}' {where}, found {Describe()}.");
        }
    }

    /// <summary>A few characters of what stands at the position, fit for a message.</summary>
    public string Describe()
    {
        if (AtEnd)
        {
            return "the end of the document";
        }

        int end = Position + 1;
        while (end < Text.Length && end < Position + 20 && !Characters.IsBlank(Text[end]))
        {
            end++;
        }

        string found = Text[Position..end];
        return char.IsControl(found[0]) ? string.Create(CultureInfo.InvariantCulture, $"the control character U+{(int)found[0]:X4}") : $"'{found}'";
    }

    public RdfSyntaxException Fault(string sentence) => FaultAt(Position, sentence);

    public RdfSyntaxException FaultAt(int position, string sentence)
    {
        (int line, int column) = Locate(position);
        return new RdfSyntaxException(sentence, line, column);
    }

    /// <summary>A fault of the token that starts at a position; goes back there, so that recovery sees the token from its start.</summary>
    private RdfSyntaxException FaultIn(int start, string sentence)
    {
        Position = start;
        return Fault(sentence);
    }

    /// <summary>Line and column of a position, both counted from 1. Each character is looked at once, however often this is asked.</summary>
    public (int Line, int Column) Locate(int position)
    {
        for (; _countedTo < position && _countedTo < Text.Length; _countedTo++)
        {
            if (Text[_countedTo] == '\n' || (Text[_countedTo] == '\r' && (_countedTo + 1 >= Text.Length || Text[_countedTo + 1] != '\n')))
            {
                _lineStarts.Add(_countedTo + 1);
            }
        }

        int found = _lineStarts.BinarySearch(position);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, position - _lineStarts[line] + 1);
    }

    /// <summary>The character class of a name at the position, with surrogate pairs taken together.</summary>
    public bool TryTakeRune(Func<Rune, bool> belongs)
    {
        if (AtEnd || Rune.DecodeFromUtf16(Text.AsSpan(Position), out Rune rune, out int length) != System.Buffers.OperationStatus.Done || !belongs(rune))
        {
            return false;
        }

        Position += length;
        return true;
    }

    /// <summary><c>&lt;...&gt;</c> without resolving it.</summary>
    public string TakeIriReference()
    {
        int start = Position;
        Take('<', "before an IRI");
        int from = Position;
        StringBuilder? decoded = null;
        while (true)
        {
            if (AtEnd)
            {
                throw FaultIn(start, "This IRI is not closed with '>'.");
            }

            char c = Current;
            if (c == '>')
            {
                string iri = decoded?.ToString() ?? Text[from..Position];
                Position++;
                return iri;
            }

            if (Position - from > options.MaxNameLength)
            {
                throw FaultIn(start, $"An IRI may have at most {options.MaxNameLength} characters.");
            }

            if (c == '\\')
            {
                decoded ??= new StringBuilder(Text, from, Position - from, Position - from + 16);
                int at = Position;
                Rune rune = TakeNumericEscape("an IRI");
                if (Characters.IsForbiddenInIri(rune.Value))
                {
                    throw FaultAt(at, "This character is not allowed in an IRI, not even escaped.");
                }

                decoded.Append(rune.ToString());
                continue;
            }

            if (Characters.IsForbiddenInIri(c))
            {
                throw Fault(c is '\n' or '\r' ? "An IRI must end on its line." : $"The character '{c}' is not allowed in an IRI; write it percent-encoded.");
            }

            decoded?.Append(c);
            Position++;
        }
    }

    /// <summary>The label after <c>_:</c>.</summary>
    public string TakeBlankNodeLabel()
    {
        Position += 2;
        int from = Position;
        if (!TryTakeRune(r => Characters.IsNameStart(r) || r.Value is '_' or (>= '0' and <= '9')))
        {
            throw Fault($"Expected the label of a blank node after '_:', found {Describe()}.");
        }

        TakeNameRest(from);
        return Text[from..Position];
    }

    /// <summary>The rest of a name that may hold dots inside, but not at its end.</summary>
    public void TakeNameRest(int from)
    {
        int end = Position;
        while (true)
        {
            if (TryTakeRune(Characters.IsName))
            {
                end = Position;
            }
            else if (!TryTake('.'))
            {
                break;
            }

            if (Position - from > options.MaxNameLength)
            {
                throw FaultAt(from, $"A name may have at most {options.MaxNameLength} characters.");
            }
        }

        Position = end;
    }

    /// <summary>The tag after <c>@</c>.</summary>
    public string TakeLanguageTag()
    {
        Take('@', "before a language tag");
        int from = Position;
        while (char.IsAsciiLetter(Current))
        {
            Position++;
        }

        if (Position == from)
        {
            throw Fault($"Expected a language tag such as 'de' after '@', found {Describe()}.");
        }

        while (Current == '-' && char.IsAsciiLetterOrDigit(Ahead(1)))
        {
            Position++;
            while (char.IsAsciiLetterOrDigit(Current))
            {
                Position++;
            }
        }

        return Text[from..Position];
    }
}
