using System.Globalization;
using System.Text;

namespace Ecosystem.AppHost.Local.Dapr.Routing;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A word of a routing rule and where it stands.</summary>
internal readonly record struct MatchToken(TokenKind Kind, string Text, int Position)
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", ".", "-"];

    public static IReadOnlyList<MatchToken> Split(string rule)
    {
        var tokens = new List<MatchToken>();
        var at = 0;
        while (at < rule.Length)
        {
            var start = at;
            var c = rule[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '"' or '\'')
            {
                tokens.Add(new(TokenKind.Text, Quoted(rule, ref at), start));
            }
            else if (char.IsAsciiDigit(c))
            {
                while (at < rule.Length && (char.IsAsciiDigit(rule[at]) || rule[at] == '.'))
                {
                    at++;
                }

                var number = rule[start..at];
                if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
                {
                    throw new MatchSyntaxException($"'{number}' at position {start} is not a number.");
                }

                tokens.Add(new(TokenKind.Number, number, start));
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                while (at < rule.Length && (char.IsAsciiLetterOrDigit(rule[at]) || rule[at] == '_'))
                {
                    at++;
                }

                tokens.Add(new(TokenKind.Name, rule[start..at], start));
            }
            else
            {
                var symbol = Array.Find(Symbols, s => string.CompareOrdinal(rule, start, s, 0, s.Length) == 0)
                    ?? throw new MatchSyntaxException($"'{c}' at position {start} is not part of a rule.");
                at += symbol.Length;
                tokens.Add(new(TokenKind.Symbol, symbol, start));
            }
        }

        tokens.Add(new(TokenKind.End, "the end", rule.Length));
        return tokens;
    }

    private static string Quoted(string rule, ref int at)
    {
        var start = at;
        var quote = rule[at++];
        var text = new StringBuilder();
        while (at < rule.Length && rule[at] != quote)
        {
            if (rule[at] == '\\' && at + 1 < rule.Length)
            {
                at++;
            }

            text.Append(rule[at++]);
        }

        if (at >= rule.Length)
        {
            throw new MatchSyntaxException($"the text that begins at position {start} has no closing {quote}.");
        }

        at++;
        return text.ToString();
    }
}
