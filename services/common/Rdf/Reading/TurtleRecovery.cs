namespace Ecosystem.Rdf;

/// <summary>
/// Finds where to go on after a broken statement, on the level of tokens: past the '.' that ends it. A bracket that is never
/// closed would hide that '.', so a '.' inside brackets also counts when the next line starts, without indentation, with
/// something that can only be a statement. Text that is never closed hides everything; then there is no sound place.
/// </summary>
internal static class TurtleRecovery
{
    public static bool MoveToNextStatement(Lexer lexer, int depth)
    {
        while (!lexer.AtEnd)
        {
            char c = lexer.Current;
            switch (c)
            {
                case '#':
                    SkipLine(lexer);
                    break;
                case '"' or '\'':
                    if (!SkipQuoted(lexer, c))
                    {
                        return false;
                    }

                    break;
                case '<':
                    SkipIri(lexer);
                    break;
                case '[' or '(':
                    depth++;
                    lexer.Position++;
                    break;
                case ']' or ')':
                    depth = Math.Max(0, depth - 1);
                    lexer.Position++;
                    break;
                case '.' when EndsToken(lexer.Ahead(1)):
                    lexer.Position++;
                    if (depth == 0 || StartsStatementOnNextLine(lexer))
                    {
                        return true;
                    }

                    break;
                default:
                    lexer.Position++;
                    break;
            }
        }

        return true;
    }

    private static bool EndsToken(char next) => next is '\0' or '#' || Characters.IsBlank(next);

    private static void SkipLine(Lexer lexer)
    {
        while (!lexer.AtEnd && lexer.Current is not ('\n' or '\r'))
        {
            lexer.Position++;
        }
    }

    /// <summary>Passes quoted text. Short text that is not closed ends with its line; long text that is not closed has no end.</summary>
    private static bool SkipQuoted(Lexer lexer, char mark)
    {
        bool isLong = lexer.Ahead(1) == mark && lexer.Ahead(2) == mark;
        string quote = new(mark, isLong ? 3 : 1);
        lexer.Position += quote.Length;
        while (!lexer.AtEnd && !lexer.StartsWith(quote))
        {
            if (!isLong && lexer.Current is '\n' or '\r')
            {
                return true;
            }

            lexer.Position += lexer.Current == '\\' ? 2 : 1;
        }

        if (lexer.AtEnd)
        {
            return !isLong;
        }

        lexer.Position += quote.Length;
        return true;
    }

    private static void SkipIri(Lexer lexer)
    {
        do
        {
            lexer.Position++;
        }
        while (!lexer.AtEnd && lexer.Current is not ('>' or '\n' or '\r' or ' ' or '"'));
    }

    private static bool StartsStatementOnNextLine(Lexer lexer)
    {
        int at = lexer.Position;
        while (at < lexer.Text.Length && Characters.IsBlank(lexer.Text[at]))
        {
            at++;
        }

        if (at == 0 || at >= lexer.Text.Length || lexer.Text[at - 1] is not ('\n' or '\r'))
        {
            return false;
        }

        char c = lexer.Text[at];
        return c is '<' or '@' or '_' or ':' || char.IsLetter(c);
    }
}
