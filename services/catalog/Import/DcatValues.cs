using System.Globalization;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Import;

/// <summary>Values as they stand in catalogues of others: IRIs written as text, dates without zone, mail addresses with and without <c>mailto:</c>.</summary>
internal static class DcatValues
{
    public static string Text(this Graph graph, Term subject, Iri property) =>
        graph.Objects(subject, property).Select(Lexical).FirstOrDefault(v => v.Length > 0) ?? string.Empty;

    public static IEnumerable<string> Texts(this Graph graph, Term subject, Iri property) =>
        graph.Objects(subject, property).Select(Lexical).Where(v => v.Length > 0).Distinct();

    /// <summary>The texts of a property by language. Of several in one language the first is taken.</summary>
    public static LocalizedText? Localized(this Graph graph, Term subject, Iri property)
    {
        var text = new LocalizedText();
        foreach (Literal literal in graph.Objects(subject, property).OfType<Literal>().Where(l => !string.IsNullOrWhiteSpace(l.Value)))
        {
            text.Values.TryAdd(LanguageOf(literal), literal.Value);
        }

        return text.Values.Count > 0 ? text : null;
    }

    public static string LanguageOf(Literal literal) =>
#pragma warning disable CA1308 // language tags are written in lower case in the contract
        literal.Language?.ToLowerInvariant() ?? string.Empty;
#pragma warning restore CA1308

    public static string Mailbox(this Graph graph, Term subject, Iri property)
    {
        string value = graph.Text(subject, property);
        return value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value["mailto:".Length..] : value;
    }

    /// <summary>A date or date with time; without a zone it is taken as UTC.</summary>
    public static Timestamp? Instant(this Graph graph, Term subject, Iri property, List<string> remarks)
    {
        string value = graph.Text(subject, property);
        if (value.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return Timestamp.FromDateTimeOffset(instant);
        }

        remarks.Add($"'{value}' of {Short(property)} is not a date; it was left out.");
        return null;
    }

    public static string Short(Iri property)
    {
        int cut = property.Value.LastIndexOfAny(['#', '/']);
        return property.Value[(cut + 1)..];
    }

    private static string Lexical(Term term) => term switch
    {
        Iri iri => iri.Value,
        Literal literal => literal.Value.Trim(),
        _ => string.Empty,
    };
}
