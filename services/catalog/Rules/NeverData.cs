namespace Ecosystem.Catalog.Rules;

/// <summary>The catalogue holds descriptions and paths to data, never data. This rule finds texts that are records in disguise.</summary>
internal static class NeverData
{
    private const int RowsOfATable = 5;
    private const int ColumnsOfATable = 3;
    private const int LengthOfABlob = 1_000;

    public static string Sentence(string because) =>
        $"This looks like an upload of records ({because}). The catalogue holds descriptions and paths to data, never data: describe the data here and give the address where they are reached in a distribution.";

    /// <returns>Why the text is refused, or null.</returns>
    public static string? LooksLikeRecords(string text)
    {
        if (LongestTable(text) >= RowsOfATable)
        {
            return Sentence("several lines are cut into columns in the same way");
        }

        if (text.Contains("\"resourceType\"", StringComparison.Ordinal) || text.Contains("MSH|^~", StringComparison.Ordinal))
        {
            return Sentence("it holds a FHIR or HL7 record");
        }

        return HasBlob(text) ? Sentence("it holds a long stretch without blanks, like a file in base64") : null;
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
