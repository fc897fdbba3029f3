namespace Ecosystem.Search;

/// <summary>
/// The CISTEM stemmer for German in its case-insensitive form, after L. Weissweiler and A. Fraser, "Developing a Stemmer for German
/// Based on a Comparative Analysis of Publicly Available Stemmers", GSCL 2017: the prefix "ge" goes, then endings are taken off one
/// after the other while the word stays long enough. "sch", "ei", "ie" and doubled letters count as one letter meanwhile.
/// </summary>
internal static class CistemStemmer
{
    private const char Sch = '\uE000';
    private const char Ei = '\uE001';
    private const char Ie = '\uE002';
    private const char Doubled = '\uE003';

    internal static string Stem(string lowerCaseWord)
    {
        string word = Folding.Fold(lowerCaseWord);
        if (word.Length >= 6 && word.StartsWith("ge", StringComparison.Ordinal)) word = word[2..];
        Span<char> letters = stackalloc char[word.Length];
        int length = Protect(word, letters);
        return Restore(letters[..Strip(letters[..length])]);
    }

    private static int Protect(string word, Span<char> letters)
    {
        int length = 0;
        for (int index = 0; index < word.Length; index++)
        {
            ReadOnlySpan<char> rest = word.AsSpan(index);
            char next;
            if (rest.StartsWith("sch", StringComparison.Ordinal)) (next, index) = (Sch, index + 2);
            else if (rest.StartsWith("ei", StringComparison.Ordinal)) (next, index) = (Ei, index + 1);
            else if (rest.StartsWith("ie", StringComparison.Ordinal)) (next, index) = (Ie, index + 1);
            else next = rest[0];
            letters[length] = length > 0 && letters[length - 1] == next ? Doubled : next;
            length++;
        }
        return length;
    }

    private static int Strip(ReadOnlySpan<char> letters)
    {
        int length = letters.Length;
        while (length > 3)
        {
            char last = letters[length - 1];
            char before = letters[length - 2];
            if (length > 5 && ((before == 'e' && last is ('m' or 'r')) || (before == 'n' && last == 'd'))) length -= 2;
            else if (last is 't' or 'e' or 's' or 'n') length--;
            else break;
        }
        return length;
    }

    private static string Restore(ReadOnlySpan<char> letters)
    {
        var word = new System.Text.StringBuilder(letters.Length + 4);
        string previous = "";
        foreach (char letter in letters)
        {
            if (letter != Doubled)
            {
                previous = letter switch { Sch => "sch", Ei => "ei", Ie => "ie", _ => letter.ToString() };
            }
            word.Append(previous);
        }
        return word.ToString();
    }
}
