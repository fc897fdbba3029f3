namespace Ecosystem.Search;

/// <summary>
/// A light stemmer for Danish after the algorithm published by the Snowball project: inflections go, then a few derivational endings.
/// "aa", "ae" and "oe" are read as å, æ and ø first, so that both spellings take the same way.
/// </summary>
internal static class DanishStemmer
{
    private const string Vowels = "aeiouyæåø";
    private const string LettersBeforeS = "abcdfghjklmnoprtvyzå";

    // Longest first: the first that fits is the longest that fits.
    private static readonly string[] Inflections =
    [
        "erendes", "erende", "hedens", "endes", "ernes", "erede", "ethed", "heden", "heder", "erens", "erets",
        "ered", "ende", "erne", "eren", "erer", "heds", "enes", "eres", "eret", "hed", "ene", "ere", "ens", "ers", "ets",
        "en", "er", "es", "et", "e",
    ];

    internal static string Stem(string lowerCaseWord)
    {
        string word = lowerCaseWord.Replace("aa", "å", StringComparison.Ordinal)
            .Replace("ae", "æ", StringComparison.Ordinal).Replace("oe", "ø", StringComparison.Ordinal);
        int region = RegionAfterFirstSyllable(word);
        word = WithoutInflection(word, region);
        word = WithoutLinkingConsonant(word, region);
        word = WithoutDerivation(word, region);
        return WithoutDoubledConsonant(word, region);
    }

    /// <summary>R1: what follows the first consonant after a vowel, but never before the third letter.</summary>
    private static int RegionAfterFirstSyllable(string word)
    {
        for (int index = 1; index < word.Length; index++)
        {
            if (!IsVowel(word[index]) && IsVowel(word[index - 1])) return Math.Max(index + 1, 3);
        }
        return word.Length;
    }

    private static string WithoutInflection(string word, int region)
    {
        foreach (string ending in Inflections)
        {
            if (EndsWith(word, ending, region)) return word[..^ending.Length];
        }
        bool genitive = EndsWith(word, "s", region) && word.Length > 1 && LettersBeforeS.Contains(word[^2], StringComparison.Ordinal);
        return genitive ? word[..^1] : word;
    }

    private static string WithoutLinkingConsonant(string word, int region) =>
        EndsWith(word, "gd", region) || EndsWith(word, "dt", region) || EndsWith(word, "gt", region) || EndsWith(word, "kt", region)
            ? word[..^1]
            : word;

    private static string WithoutDerivation(string word, int region)
    {
        if (word.EndsWith("igst", StringComparison.Ordinal)) word = word[..^2];
        if (EndsWith(word, "løst", region)) return word[..^1];
        foreach (string ending in (ReadOnlySpan<string>)["elig", "lig", "els", "ig"])
        {
            if (EndsWith(word, ending, region)) return WithoutLinkingConsonant(word[..^ending.Length], region);
        }
        return word;
    }

    private static string WithoutDoubledConsonant(string word, int region) =>
        word.Length > region && word.Length > 1 && word[^1] == word[^2] && !IsVowel(word[^1]) ? word[..^1] : word;

    private static bool EndsWith(string word, string ending, int region) =>
        word.Length - ending.Length >= region && word.EndsWith(ending, StringComparison.Ordinal);

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);
}
