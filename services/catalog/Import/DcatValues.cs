using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Import;

/// <summary>Values as they stand in catalogues of others: IRIs written as text, dates without zone, mail addresses with and without <c>mailto:</c>.</summary>
internal static class DcatValues
{
    public static string Text(this Graph graph, Term subject, Iri property) =>
        graph.Objects(subject, property).Select(graph.Words).FirstOrDefault(v => v.Length > 0) ?? string.Empty;

    public static IEnumerable<string> Texts(this Graph graph, Term subject, Iri property) =>
        graph.Objects(subject, property).Select(graph.Words).Where(v => v.Length > 0).Distinct();

    /// <summary>Names of resources in the form in which the contract has them: IRIs, and short names of languages and media types.</summary>
    public static IEnumerable<string> Names(this Graph graph, Term subject, Iri property) => graph.Texts(subject, property).Select(DcatIris.ToText);

    /// <summary>The texts of a property by language. Of several in one language the first is taken.</summary>
    public static LocalizedText? Localized(this Graph graph, Term subject, Iri property) =>
        graph.LocalizedTexts(subject, property) is [var first, ..] ? first : null;

    /// <summary>The texts of a property; those in different languages that follow one another belong together.</summary>
    public static IReadOnlyList<LocalizedText> LocalizedTexts(this Graph graph, Term subject, Iri property)
    {
        var texts = new List<LocalizedText>();
        foreach (Literal literal in graph.Objects(subject, property).OfType<Literal>().Where(l => !string.IsNullOrWhiteSpace(l.Value)))
        {
            string language = LanguageOf(literal);
            if (texts.Find(t => !t.Values.ContainsKey(language)) is not { } text)
            {
                texts.Add(text = new LocalizedText());
            }

            text.Values.Add(language, literal.Value);
        }

        return texts;
    }

    public static IEnumerable<Keyword> Keywords(this Graph graph, Term subject) => graph.Objects(subject, Dcat.Keyword).OfType<Literal>()
        .Select(k => new Keyword { Text = k.Value.Trim(), Language = LanguageOf(k) })
        .Where(k => k.Text.Length > 0)
        .Distinct();

    public static string LanguageOf(Literal literal) =>
#pragma warning disable CA1308 // language tags are written in lower case in the contract
        literal.Language?.ToLowerInvariant() ?? string.Empty;
#pragma warning restore CA1308

    public static string LanguageOf(this Graph graph, Term subject, Iri property) =>
        graph.Objects(subject, property).OfType<Literal>().Select(LanguageOf).FirstOrDefault() ?? string.Empty;

    public static string Mailbox(this Graph graph, Term subject, Iri property) => DcatIris.ToMailbox(graph.Text(subject, property));

    /// <summary>A date or date with time; without a zone it is taken as UTC.</summary>
    public static Timestamp? Instant(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        string value = graph.Text(subject, property);
        if (value.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            || DateTimeOffset.TryParseExact(value, ["yyyy", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant))
        {
            return Timestamp.FromDateTimeOffset(instant);
        }

        remarks.Add($"'{value}' of {Short(property)} is not a date; it was left out.");
        return null;
    }

    public static Period? Period(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        if (graph.Objects(subject, property).FirstOrDefault() is not { } period)
        {
            return null;
        }

        var read = new Period
        {
            Start = graph.Instant(period, Dcat.StartDate, remarks),
            End = graph.Instant(period, Dcat.EndDate, remarks),
        };
        return read.Start is null && read.End is null ? null : read;
    }

    public static long? Count(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        string value = graph.Text(subject, property);
        if (value.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            && number is >= 0 and <= long.MaxValue && decimal.IsInteger(number))
        {
            return (long)number;
        }

        remarks.Add($"'{value}' of {Short(property)} is not a number of things; it was left out.");
        return null;
    }

    public static double? Measure(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        string value = graph.Text(subject, property);
        if (value.Length == 0)
        {
            return null;
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        remarks.Add($"'{value}' of {Short(property)} is not a number; it was left out.");
        return null;
    }

    public static bool? Flag(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        string value = graph.Text(subject, property);
        switch (value)
        {
            case "":
                return null;
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            default:
                remarks.Add($"'{value}' of {Short(property)} is neither true nor false; it was left out.");
                return null;
        }
    }

    public static string Short(Iri property)
    {
        int cut = property.Value.LastIndexOfAny(['#', '/']);
        return property.Value[(cut + 1)..];
    }

    /// <summary>An IRI or text; of a node without name the words that stand for it.</summary>
    private static string Words(this Graph graph, Term term) => term switch
    {
        Iri iri => iri.Value,
        Literal literal => literal.Value.Trim(),
        _ => graph.About(term).Where(t => t.Predicate.Equals(Dcat.Value) || t.Predicate.Equals(Dcat.Label) || t.Predicate.Equals(Dcat.Notation))
            .Select(t => (t.Object as Literal)?.Value.Trim()).FirstOrDefault() ?? string.Empty,
    };
}
