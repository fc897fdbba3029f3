namespace Ecosystem.Search;

/// <summary>
/// The Porter2 stemmer for English (M. Porter, Snowball project, http://snowball.tartarus.org/algorithms/english/stemmer.html).
/// The names of the steps are those of the publication. The word arrives in lower case and without apostrophes.
/// </summary>
internal static class EnglishStemmer
{
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl",
        ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl",
        ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias",
        ["andes"] = "andes",
    };

    private static readonly HashSet<string> CompleteAfterPlural = new(StringComparer.Ordinal)
    {
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    };

    // Each table is ordered so that the first ending that fits is the longest.
    private static readonly (string Ending, string Replacement)[] Step2 =
    [
        ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"), ("biliti", "ble"),
        ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"), ("ation", "ate"), ("entli", "ent"),
        ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"), ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"),
        ("enci", "ence"), ("izer", "ize"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string Replacement)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"),
        ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous", "al", "er", "ic",
    ];

    internal static string Stem(string lowerCaseWord)
    {
        if (lowerCaseWord.Length <= 2) return lowerCaseWord;
        if (Exceptions.TryGetValue(lowerCaseWord, out string? exception)) return exception;
        EnglishWord word = EnglishWord.From(lowerCaseWord);
        TakeOffPlural(word);
        if (CompleteAfterPlural.Contains(word.Text)) return word.Text;
        TakeOffPastAndProgressive(word);
        word.TurnFinalYIntoI();
        ReplaceDoubleSuffixes(word);
        ReplaceAdjectiveSuffixes(word);
        TakeOffResidualSuffix(word);
        TidyUp(word);
        return word.Text.Replace('Y', 'y');
    }

    /// <summary>Step 1a.</summary>
    private static void TakeOffPlural(EnglishWord word)
    {
        if (word.EndsWith("sses")) word.Drop(2);
        else if (word.EndsWith("ied") || word.EndsWith("ies")) word.Drop(word.Text.Length > 4 ? 2 : 1);
        else if (word.EndsWith("us") || word.EndsWith("ss") || !word.EndsWith("s")) return;
        else if (word.HasVowelBefore(word.Text.Length - 2)) word.Drop(1);
    }

    /// <summary>Step 1b.</summary>
    private static void TakeOffPastAndProgressive(EnglishWord word)
    {
        if (word.EndsWith("eedly") || word.EndsWith("eed"))
        {
            int ending = word.EndsWith("eedly") ? 5 : 3;
            if (word.InR1(ending)) word.Replace(ending, "ee");
            return;
        }
        int length = word.EndsWith("ingly") ? 5 : word.EndsWith("edly") ? 4 : word.EndsWith("ing") ? 3 : word.EndsWith("ed") ? 2 : 0;
        if (length == 0 || !word.HasVowelBefore(word.Text.Length - length)) return;
        word.Drop(length);
        if (word.EndsWith("at") || word.EndsWith("bl") || word.EndsWith("iz")) word.Append('e');
        else if (word.EndsWithDouble) word.Drop(1);
        else if (word.IsShort) word.Append('e');
    }

    private static void ReplaceDoubleSuffixes(EnglishWord word)
    {
        if (word.LongestEnding(Step2) is not var (ending, replacement) || !word.InR1(ending.Length)) return;
        char before = word.LetterBefore(ending.Length);
        if (ending == "ogi" && before != 'l') return;
        if (ending == "li" && !"cdeghkmnrt".Contains(before, StringComparison.Ordinal)) return;
        word.Replace(ending.Length, replacement);
    }

    private static void ReplaceAdjectiveSuffixes(EnglishWord word)
    {
        if (word.LongestEnding(Step3) is not var (ending, replacement) || !word.InR1(ending.Length)) return;
        if (ending == "ative" && !word.InR2(ending.Length)) return;
        word.Replace(ending.Length, replacement);
    }

    private static void TakeOffResidualSuffix(EnglishWord word)
    {
        string? ending = Array.Find(Step4, word.EndsWith);
        if (ending is null || !word.InR2(ending.Length)) return;
        if (ending == "ion" && word.LetterBefore(3) is not ('s' or 't')) return;
        word.Drop(ending.Length);
    }

    /// <summary>Step 5.</summary>
    private static void TidyUp(EnglishWord word)
    {
        if (word.EndsWith("e") && (word.InR2(1) || (word.InR1(1) && !word.EndsWithShortSyllableBefore(1)))) word.Drop(1);
        else if (word.EndsWith("ll") && word.InR2(1)) word.Drop(1);
    }
}
