using System.Globalization;
using System.Text;

namespace Ecosystem.Rdf;

internal sealed partial class Lexer
{
    /// <summary>Text between quotes.</summary>
    /// <param name="quote">One or three quotation marks; three allow line ends.</param>
    public string TakeQuoted(string quote)
    {
        int start = Position;
        Position += quote.Length;
        var value = new StringBuilder();
        while (!StartsWith(quote))
        {
            if (AtEnd)
            {
                throw FaultIn(start, $"This text is not closed with {quote}.");
            }

            if (value.Length >= options.MaxLiteralLength)
            {
                throw FaultIn(start, $"A text may have at most {options.MaxLiteralLength} characters.");
            }

            char c = Current;
            if (c == '\\')
            {
                TakeEscape(value);
                continue;
            }

            if (quote.Length == 1 && c is '\n' or '\r')
            {
                throw FaultIn(start, $"This text is not closed with {quote} on its line; several lines need three quotation marks.");
            }

            value.Append(c);
            Position++;
        }

        Position += quote.Length;
        return value.ToString();
    }

    private void TakeEscape(StringBuilder value)
    {
        const string Names = "tbnrf\"'\\";
        const string Meanings = "\t\b\n\r\f\"'\\";
        if (Ahead(1) is 'u' or 'U')
        {
            value.Append(TakeNumericEscape("a text").ToString());
            return;
        }

        int known = Names.IndexOf(Ahead(1), StringComparison.Ordinal);
        if (known < 0)
        {
            throw Fault($"'\\{Ahead(1)}' is not an escape sequence; a backslash itself is written '\\\\'.");
        }

        value.Append(Meanings[known]);
        Position += 2;
    }

    private Rune TakeNumericEscape(string where)
    {
        int digits = Ahead(1) switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            throw Fault($"Only \\uXXXX and \\UXXXXXXXX may follow a backslash in {where}.");
        }

        if (Position + 2 + digits > Text.Length
            || !uint.TryParse(Text.AsSpan(Position + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code))
        {
            throw Fault($"'\\{Ahead(1)}' must be followed by {digits} hexadecimal digits.");
        }

        if (!Rune.TryCreate(code, out Rune rune))
        {
            throw Fault("This escape sequence is not a Unicode character.");
        }

        Position += 2 + digits;
        return rune;
    }
}
