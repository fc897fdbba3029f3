using System.Globalization;
using System.Text;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>The one spelling of a JSON value (RFC 8785), as literals of type <c>rdf:JSON</c> hold it.</summary>
internal static class CanonicalJson
{
    public static string Write(JsonItem value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonItem value)
    {
        switch (value)
        {
            case JsonMap map:
                text.Append('{');
                string comma = string.Empty;
                foreach ((string key, JsonItem member) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    AppendText(text.Append(comma), key);
                    Append(text.Append(':'), member);
                    comma = ",";
                }

                text.Append('}');
                break;
            case JsonArray array:
                text.Append('[');
                for (int i = 0; i < array.Count; i++)
                {
                    Append(i == 0 ? text : text.Append(','), array[i]);
                }

                text.Append(']');
                break;
            case JsonText words:
                AppendText(text, words.Value);
                break;
            case JsonNumber number:
                text.Append(EcmaScript(double.Parse(number.Lexical, CultureInfo.InvariantCulture)));
                break;
            case JsonFlag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    /// <summary>A number as ECMAScript writes it (Number::toString): the shortest digits that read back as the same number.</summary>
    private static string EcmaScript(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        string[] shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        string all = shortest[0].Replace(".", string.Empty, StringComparison.Ordinal);
        string digits = all.TrimStart('0').TrimEnd('0');
        int whole = shortest[0].Contains('.', StringComparison.Ordinal) ? shortest[0].IndexOf('.', StringComparison.Ordinal) : shortest[0].Length;
        int leading = all.Length - all.TrimStart('0').Length;
        int point = whole - leading + (shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0);
        int exponent = point - 1;
        string sign = number < 0 ? "-" : string.Empty;
        return sign + point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : string.Empty)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}",
        };
    }
}
