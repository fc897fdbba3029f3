using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Pages;

/// <summary>
/// A complete page of the house: one look, a language switch, no script and no foreign asset. As a result it sends itself with
/// a content security policy that allows exactly what it contains.
/// </summary>
public sealed class Page : IResult
{
    private static readonly string Style = ReadStyle();
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
    private static readonly Bilingual SkipLink = new("Zum Inhalt springen", "Skip to content");
    private static readonly Bilingual SwitchLabel = new("Sprache", "Language");

    /// <summary>The language of the page.</summary>
    public required PageLanguage Language { get; init; }

    /// <summary>The title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>The short name in the header bar.</summary>
    public required string Brand { get; init; }

    /// <summary>What stands in <c>main</c>; begins with the only <c>h1</c>.</summary>
    public required Html Body { get; init; }

    /// <summary>Small print; nothing when empty.</summary>
    public Html Footer { get; init; }

    /// <summary>Where the page is found in another language.</summary>
    public required Func<PageLanguage, string> LinkTo { get; init; }

    /// <summary>A narrow page for one form instead of the wide one.</summary>
    public bool Narrow { get; init; }

    /// <summary>
    /// Origins besides the own one to which a form of the page may lead, also by redirect (browsers check both); none may contain
    /// a space or semicolon.
    /// </summary>
    public IReadOnlyList<string> FormTargets { get; init; } = [];

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        var formTargets = string.Join(' ', FormTargets.Where(target => target.AsSpan().IndexOfAny(' ', ';', ',') < 0).Prepend("'self'"));
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = Language.Tag();
        response.Headers.Vary = "Accept-Language, Cookie";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action {formTargets}; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "same-origin";
        return response.WriteAsync(ToString(), httpContext.RequestAborted);
    }

    /// <summary>The document.</summary>
    public override string ToString() => Html.Of($"""
        <!doctype html>
        <html lang="{Language.Tag()}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Title}</title>
        <style>{Html.Trusted(Style)}</style>
        </head>
        <body>
        <a class="skip" href="#content">{SkipLink.In(Language)}</a>
        <header class="bar">
          <div class="{Width}">
            <p class="brand"><span class="mark" aria-hidden="true"></span>{Brand}</p>
            <nav aria-label="{SwitchLabel.In(Language)}"><ul class="languages">
            {Html.Join(PageLanguages.All.Select(SwitchEntry))}
            </ul></nav>
          </div>
        </header>
        <main id="content" class="{Width}" tabindex="-1">
        {Body}
        </main>
        <footer class="{Width}">
        {Footer}
        </footer>
        </body>
        </html>

        """).ToString();

    private string Width => Narrow ? "narrow" : "wide";

    private Html SwitchEntry(PageLanguage language) => language == Language
        ? Html.Of($"""<li><span aria-current="true" lang="{language.Tag()}">{language.OwnName()}</span></li>""")
        : Html.Of($"""<li><a href="{LinkTo(language)}" lang="{language.Tag()}" hreflang="{language.Tag()}">{language.OwnName()}</a></li>""");

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream("page.css")!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
