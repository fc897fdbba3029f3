using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Short names that descriptions use where DCAT-AP wants IRIs, and back: <c>de</c>, <c>text/csv</c>.</summary>
internal static class DcatIris
{
    /// <summary>DCAT-AP's own advice for languages outside the EU list.</summary>
    private const string Language = "http://id.loc.gov/vocabulary/iso639-1/";
    private const string MediaType = "http://www.iana.org/assignments/media-types/";
    private const string NotInIris = "<>\"{}|^`\\";

    public static bool IsIri(string value) => IriReference.HasScheme(value) && !value.Any(c => c <= ' ' || NotInIris.Contains(c, StringComparison.Ordinal));

    /// <summary>The IRI of a text; null when it has none.</summary>
    public static string? OfText(string text)
    {
        if (IsIri(text))
        {
            return text;
        }

        if (text.Length == 2 && text.All(char.IsAsciiLetterLower))
        {
            return Language + text;
        }

        return text.Count(c => c == '/') == 1 && text[0] != '/' && text[^1] != '/' && text.All(IsOfMediaType) ? MediaType + text : null;
    }

    /// <summary>The short name of an IRI where it has one, else the IRI.</summary>
    public static string ToText(string iri) =>
        iri.StartsWith(Language, StringComparison.Ordinal) && OfText(iri[Language.Length..]) == iri ? iri[Language.Length..]
        : iri.StartsWith(MediaType, StringComparison.Ordinal) && OfText(iri[MediaType.Length..]) == iri ? iri[MediaType.Length..]
        : iri;

    /// <summary>A mailbox as an IRI; what an IRI cannot hold is escaped.</summary>
    public static string OfMailbox(string mailbox) =>
        mailbox.Length == 0 ? string.Empty : "mailto:" + string.Concat(mailbox.Select(c => c is '%' || NotInIris.Contains(c, StringComparison.Ordinal) ? Uri.HexEscape(c) : c.ToString()));

    public static string ToMailbox(string value) =>
        value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(value["mailto:".Length..]) : value;

    private static bool IsOfMediaType(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-';
}
