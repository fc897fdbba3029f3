using System.Net;
using System.Text;

namespace Ecosystem.Catalog.Rules;

/// <summary>Descriptions of others may hold HTML. They are kept as written; what is searched and shown in snippets is their text.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal) && !text.Contains('&', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!')
                && text.IndexOf('>', i) is > 0 and var end)
            {
                plain.Append(' ');
                i = end;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return WebUtility.HtmlDecode(plain.ToString()).Trim();
    }
}
