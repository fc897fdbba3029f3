using System.Globalization;
using System.Text;

namespace Ecosystem.Search;

/// <summary>
/// Brings the spellings of one word together: case, accents, umlauts and their digraphs (ü = ue = u, ß = ss, å = aa = a, ø = oe = o).
/// Texts written on foreign keyboards are common in catalogues, so the fold is applied to both the index and the query.
/// </summary>
internal static class Folding
{
    internal static string LowerCase(string word)
    {
        string composed = IsAscii(word) ? word : Normalized(word, NormalizationForm.FormC);
        return composed.ToLowerInvariant();
    }

    internal static string Fold(string word)
    {
        string plain = WithoutAccents(LowerCase(word));
        return WithoutDigraphs(plain);
    }

    /// <summary>ä → a, é → e, ß → ss, æ → ae, ø → o, å → a; the word is lower-case already.</summary>
    internal static string WithoutAccents(string word)
    {
        if (IsAscii(word)) return word;
        var plain = new StringBuilder(word.Length + 2);
        foreach (char letter in Normalized(word, NormalizationForm.FormD))
        {
            switch (letter)
            {
                case 'ß': plain.Append("ss"); break;
                case 'æ': plain.Append("ae"); break;
                case 'œ': plain.Append("oe"); break;
                case 'ø': plain.Append('o'); break;
                case 'đ': plain.Append('d'); break;
                case 'ł': plain.Append('l'); break;
                case 'ı': plain.Append('i'); break;
                default:
                    if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) plain.Append(letter);
                    break;
            }
        }
        return plain.ToString();
    }

    /// <summary>ae → a, oe → o, aa → a, and ue → u except after a vowel or q ("neue", "quelle"), where it is no umlaut.</summary>
    internal static string WithoutDigraphs(string word)
    {
        int first = FirstDigraph(word, 0);
        if (first < 0) return word;
        var plain = new StringBuilder(word.Length);
        int copied = 0;
        for (int at = first; at >= 0; at = FirstDigraph(word, at + 2))
        {
            plain.Append(word, copied, at + 1 - copied);
            copied = at + 2;
        }
        return plain.Append(word, copied, word.Length - copied).ToString();
    }

    private static int FirstDigraph(string word, int from)
    {
        for (int index = from; index + 1 < word.Length; index++)
        {
            char second = word[index + 1];
            bool digraph = word[index] switch
            {
                'a' => second is 'e' or 'a',
                'o' => second is 'e',
                'u' => second is 'e' && (index == 0 || word[index - 1] is not ('a' or 'e' or 'i' or 'o' or 'u' or 'q')),
                _ => false,
            };
            if (digraph) return index;
        }
        return -1;
    }

    private static string Normalized(string word, NormalizationForm form)
    {
        // A lone surrogate cannot be normalised; such a word is kept as it is and simply matches itself.
        try
        {
            return word.Normalize(form);
        }
        catch (ArgumentException)
        {
            return word;
        }
    }

    private static bool IsAscii(string word) => Ascii.IsValid(word);
}
