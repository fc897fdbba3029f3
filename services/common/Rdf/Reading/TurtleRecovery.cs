namespace Ecosystem.Rdf;

/// <summary>
/// Finds where to go on after a broken statement, on the level of tokens: past the '.' that ends it and its line. Brackets are not
/// counted, because no '.' can stand inside them, and the fault may be that one is missing. A '.' before more on the same line may be
/// the end of a sentence whose opening quotation mark is missing, so it does not count. Text that is never closed hides everything;
/// then there is no sound place.
/// </summary>
internal static class TurtleRecovery
{
    public static bool MoveToNextStatement(Lexer lexer)
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
                case '.' when EndsLine(lexer):
                    lexer.Position++;
                    return true;
                default:
                    lexer.Position++;
                    break;
            }
        }

        return true;
    }

    private static bool EndsLine(Lexer lexer)
    {
        int ahead = 1;
        while (lexer.Ahead(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        return lexer.Ahead(ahead) is '\0' or '#' or '\n' or '\r';
    }

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
}
