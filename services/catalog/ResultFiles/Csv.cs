namespace Ecosystem.Catalog.ResultFiles;

/// <summary>Lines of comma-separated values as RFC 4180 has them, which spreadsheets open without running what is written in them.</summary>
internal static class Csv
{
    public static string Line(IEnumerable<string> values) => string.Join(',', values.Select(Value)) + "\r\n";

    private static string Value(string value)
    {
        string safe = Disarm(value);
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>
    /// A value that begins like a formula, perhaps after blanks, is shown as text when an apostrophe stands before it (OWASP, "CSV Injection").
    /// </summary>
    private static string Disarm(string value)
    {
        ReadOnlySpan<char> visible = value.AsSpan().TrimStart();
        bool isFormula = visible.Length > 0 && "=+-@＝＋－＠".Contains(visible[0], StringComparison.Ordinal);
        bool startsOddly = value.Length > 0 && char.IsControl(value[0]);
        return isFormula || startsOddly ? $"'{value}" : value;
    }
}
