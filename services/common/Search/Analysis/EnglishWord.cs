namespace Ecosystem.Search;

/// <summary>A word on its way through <see cref="EnglishStemmer"/>, with the regions R1 and R2 of the Porter2 publication.</summary>
internal sealed class EnglishWord
{
    private readonly int _r1;
    private readonly int _r2;

    private EnglishWord(string text)
    {
        Text = text;
        _r1 = StartsWithSpecialPrefix(text, out int prefix) ? prefix : RegionFrom(0);
        _r2 = RegionFrom(_r1);
    }

    internal string Text { get; private set; }

    internal bool EndsWithDouble => Text.Length >= 2 && Text[^1] == Text[^2] && "bdfgmnprt".Contains(Text[^1], StringComparison.Ordinal);

    /// <summary>A word is short when R1 is empty and it ends in a short syllable.</summary>
    internal bool IsShort => _r1 >= Text.Length && EndsWithShortSyllableBefore(0);

    /// <summary>A y that begins the word or follows a vowel is a consonant; it is marked by its capital.</summary>
    internal static EnglishWord From(string lowerCaseWord)
    {
        if (!lowerCaseWord.Contains('y', StringComparison.Ordinal)) return new EnglishWord(lowerCaseWord);
        char[] letters = lowerCaseWord.ToCharArray();
        for (int index = 0; index < letters.Length; index++)
        {
            if (letters[index] == 'y' && (index == 0 || IsVowel(letters[index - 1]))) letters[index] = 'Y';
        }
        return new EnglishWord(new string(letters));
    }

    internal bool EndsWith(string ending) => Text.EndsWith(ending, StringComparison.Ordinal);

    internal (string Ending, string Replacement)? LongestEnding((string Ending, string Replacement)[] longestFirst)
    {
        foreach ((string Ending, string Replacement) candidate in longestFirst)
        {
            if (EndsWith(candidate.Ending)) return candidate;
        }
        return null;
    }

    internal bool InR1(int endingLength) => Text.Length - endingLength >= _r1;

    internal bool InR2(int endingLength) => Text.Length - endingLength >= _r2;

    internal char LetterBefore(int endingLength) => Text.Length > endingLength ? Text[Text.Length - endingLength - 1] : '\0';

    internal void Drop(int letters) => Text = Text[..^letters];

    internal void Append(char letter) => Text += letter;

    internal void Replace(int endingLength, string replacement) => Text = string.Concat(Text.AsSpan(0, Text.Length - endingLength), replacement);

    internal bool HasVowelBefore(int end)
    {
        for (int index = 0; index < end; index++)
        {
            if (IsVowel(Text[index])) return true;
        }
        return false;
    }

    /// <summary>Step 1c: a final y after a consonant becomes i, unless the consonant is the first letter ("by", "say" stay).</summary>
    internal void TurnFinalYIntoI()
    {
        if (Text.Length > 2 && Text[^1] is ('y' or 'Y') && !IsVowel(Text[^2])) Replace(1, "i");
    }

    /// <summary>A vowel between two consonants of which the last is none of w, x and Y, or a vowel that begins the word before a consonant.</summary>
    internal bool EndsWithShortSyllableBefore(int endingLength)
    {
        int end = Text.Length - endingLength;
        if (end == 2) return IsVowel(Text[0]) && !IsVowel(Text[1]);
        return end >= 3 && !IsVowel(Text[end - 1]) && Text[end - 1] is not ('w' or 'x' or 'Y') && IsVowel(Text[end - 2]) && !IsVowel(Text[end - 3]);
    }

    private int RegionFrom(int start)
    {
        for (int index = start + 1; index < Text.Length; index++)
        {
            if (!IsVowel(Text[index]) && IsVowel(Text[index - 1])) return index + 1;
        }
        return Text.Length;
    }

    private static bool StartsWithSpecialPrefix(string text, out int length)
    {
        length = text.StartsWith("commun", StringComparison.Ordinal) ? 6
            : text.StartsWith("gener", StringComparison.Ordinal) || text.StartsWith("arsen", StringComparison.Ordinal) ? 5
            : 0;
        return length > 0;
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
