using Google.Protobuf;

namespace Ecosystem.Catalog.Rules;

/// <summary>The catalogue holds descriptions and paths to data, never data. This rule finds texts that are records in disguise.</summary>
internal static class NeverData
{
    private const int RowsOfATable = 5;
    private const int ColumnsOfATable = 3;
    private const int LengthOfABlob = 1_000;

    /// <summary>Checks every text of a description, however deep, so that no field that is added later is forgotten.</summary>
    /// <param name="description">What is checked.</param>
    /// <param name="written">The fields that the caller writes; what the catalogue sets is not looked at.</param>
    /// <param name="violations">Where findings go.</param>
    public static void Check(IMessage description, IReadOnlySet<string> written, Violations violations)
    {
        if (!Texts.Any(description, text => LooksLikeRecords(text) is not null))
        {
            return; // nearly always, and then nobody needs to know the places
        }

        foreach ((string field, string text) in Texts.Of(description))
        {
            if (written.Contains(Texts.TopOf(field)) && LooksLikeRecords(text) is var (english, german))
            {
                violations.Add(
                    field,
                    $"This looks like an upload of records ({english}). The catalogue holds descriptions and paths to data, never data: describe the data here and give the address where they are reached in a distribution.",
                    $"Das sieht nach hochgeladenen Datensätzen aus ({german}). Der Katalog hält Beschreibungen und Wege zu Daten, nie die Daten selbst: Beschreiben Sie hier die Daten und geben Sie in einer Distribution an, wo sie zu erreichen sind.");
            }
        }
    }

    public static bool IsInlineData(string address) => address.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <returns>Why the text is refused, in English and German, or null.</returns>
    private static (string English, string German)? LooksLikeRecords(string text)
    {
        if (IsInlineData(text))
        {
            return ("a data: address carries the data themselves", "eine data:-Adresse enthält die Daten selbst");
        }

        if (LongestTable(text) >= RowsOfATable)
        {
            return ("several lines are cut into columns in the same way", "mehrere Zeilen sind gleich in Spalten geteilt");
        }

        if (text.Contains("\"resourceType\"", StringComparison.Ordinal) || text.Contains("MSH|^~", StringComparison.Ordinal))
        {
            return ("it holds a FHIR or HL7 record", "der Text enthält einen FHIR- oder HL7-Datensatz");
        }

        return HasBlob(text)
            ? ("it holds a long stretch without blanks, like a file in base64", "der Text enthält eine lange Folge ohne Leerzeichen, wie eine Datei in Base64")
            : null;
    }

    private static int LongestTable(string text)
    {
        int longest = 0;
        foreach (char separator in (ReadOnlySpan<char>)[';', '\t', '|', ','])
        {
            int run = 0;
            int columnsBefore = 0;
            foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            {
                int columns = Columns(line, separator);
                run = columns >= ColumnsOfATable && columns == columnsBefore ? run + 1 : columns >= ColumnsOfATable ? 1 : 0;
                columnsBefore = columns;
                longest = Math.Max(longest, run);
            }
        }

        return longest;
    }

    /// <summary>A comma before a blank is punctuation of a sentence.</summary>
    private static int Columns(ReadOnlySpan<char> line, char separator) =>
        line.Count(separator) + 1 - (separator == ',' ? line.Count(", ") : 0);

    private static bool HasBlob(string text)
    {
        int run = 0;
        foreach (char c in text)
        {
            run = char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_' ? run + 1 : 0;
            if (run >= LengthOfABlob)
            {
                return true;
            }
        }

        return false;
    }
}
