using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecosystem.Search;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordSpan(int Start, int Length);

/// <summary>Cuts a text into runs of letters, digits and combining marks. "Covid-19" gives two words, "E-Mail" too; both sides agree.</summary>
internal static class WordBreaker
{
    /// <summary>Longer runs are data, not words (base64, sequences); they are cut so that one value cannot fill the dictionary.</summary>
    internal const int LongestWord = 64;

    internal static IEnumerable<WordSpan> Words(string text)
    {
        int start = -1;
        int index = 0;
        while (index < text.Length)
        {
            (bool inside, int width) = char.IsAscii(text[index]) ? (char.IsAsciiLetterOrDigit(text[index]), 1) : Judge(text, index);
            if (inside && start < 0) start = index;
            if (start >= 0 && (!inside || index + width - start > LongestWord))
            {
                yield return new WordSpan(start, index - start);
                start = inside ? index : -1;
            }
            index += width;
        }
        if (start >= 0) yield return new WordSpan(start, text.Length - start);
    }

    private static (bool Inside, int Width) Judge(string text, int index) =>
        Rune.TryGetRuneAt(text, index, out Rune rune) ? (IsWordPart(rune), rune.Utf16SequenceLength) : (false, 1);

    private static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
