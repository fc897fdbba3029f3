using Microsoft.AspNetCore.Http;

namespace Ecosystem.Pages;

/// <summary>The languages that pages are written in; German first.</summary>
public enum PageLanguage
{
    /// <summary>German, <c>de</c>.</summary>
    German,

    /// <summary>English, <c>en</c>.</summary>
    English,
}

/// <summary>A text in both languages, so that neither can be forgotten.</summary>
/// <param name="German">With umlauts.</param>
/// <param name="English">The same in English.</param>
public sealed record Bilingual(string German, string English)
{
    /// <summary>The text in one language.</summary>
    public string In(PageLanguage language) => language == PageLanguage.German ? German : English;
}

/// <summary>Names of languages and their choice.</summary>
public static class PageLanguages
{
    /// <summary>Both, in the order of the switch.</summary>
    public static readonly IReadOnlyList<PageLanguage> All = [PageLanguage.German, PageLanguage.English];

    /// <summary>The BCP 47 tag: <c>de</c> or <c>en</c>.</summary>
    public static string Tag(this PageLanguage language) => language == PageLanguage.German ? "de" : "en";

    /// <summary>The language's own name.</summary>
    public static string OwnName(this PageLanguage language) => language == PageLanguage.German ? "Deutsch" : "English";

    /// <summary>Reads a tag such as <c>de-AT</c>; null when it is neither language.</summary>
    public static PageLanguage? Parse(string? tag) => tag?.Split('-', '_')[0].Trim().ToUpperInvariant() switch
    {
        "DE" => PageLanguage.German,
        "EN" => PageLanguage.English,
        _ => null,
    };

    /// <summary>
    /// The first of <paramref name="explicitChoices"/> that names a language, else the best of <c>Accept-Language</c>
    /// (RFC 9110 section 12.5.4), else German.
    /// </summary>
    public static PageLanguage Choose(HttpRequest request, params IEnumerable<string?> explicitChoices)
    {
        ArgumentNullException.ThrowIfNull(request);
        return explicitChoices.Select(Parse).FirstOrDefault(choice => choice is not null)
            ?? request.GetTypedHeaders().AcceptLanguage
                .Where(entry => entry.Quality is not 0)
                .OrderByDescending(entry => entry.Quality ?? 1)
                .Select(entry => Parse(entry.Value.ToString()))
                .FirstOrDefault(language => language is not null)
            ?? PageLanguage.German;
    }
}
