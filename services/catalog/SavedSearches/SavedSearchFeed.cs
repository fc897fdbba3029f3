using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>
/// <c>GET /catalog/v1/saved-searches/{id}/feed</c>: the newest matches as an Atom feed (RFC 4287), for programs that read feeds and know no
/// token. It is there only where its owner asked for it and shows public assets only; whose search it is, it does not say.
/// </summary>
internal static class SavedSearchFeed
{
    private const string ContentType = "application/atom+xml";
    private const int LongestSummary = 500;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static string PathOf(string id) => $"/catalog/v1/saved-searches/{id}/feed";

    public static void MapSavedSearchFeeds(this IEndpointRouteBuilder app) =>
        app.MapMethods(PathOf("{id}"), [HttpMethods.Get, HttpMethods.Head], AnswerAsync).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext context, FindSavedSearchMatches matches, string id)
    {
        if (await matches.FeedAsync(id, context.RequestAborted) is not var (search, entries))
        {
            await ProblemJson.WriteAsync(context, RichStatus.NotFound($"There is no feed of a search '{FieldRules.Shorten(id)}'."));
            return;
        }

        using var body = new MemoryStream();
        await using (var writer = XmlWriter.Create(body, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            await Feed(search, entries).SaveAsync(writer, context.RequestAborted);
        }

        await RevalidatedAnswer.WriteAsync(context, body.ToArray(), ContentType);
    }

    private static XDocument Feed(SavedSearch search, IReadOnlyList<(SavedSearchMatchDocument Match, DataAsset Asset)> entries)
    {
        DateTimeOffset saved = search.UpdateTime.ToDateTimeOffset();
        return new XDocument(new XElement(
            Atom + "feed",
            new XElement(Atom + "id", $"urn:uuid:{search.Id}"),
            new XElement(Atom + "title", Writable(search.Name)),
            search.Search.Query.Length == 0 ? null : new XElement(Atom + "subtitle", Writable(search.Search.Query)),
            new XElement(Atom + "updated", Time(entries.Select(e => TimeOf(e.Match)).Append(saved).Max())),
            Link("self", ContentType, "feed"), // relative, because only the caller knows under which address it reached us
            entries.Select(e => Entry(e.Match, e.Asset))));
    }

    private static XElement Entry(SavedSearchMatchDocument match, DataAsset asset)
    {
        (string language, string title) = InLanguage.Best(asset.Title);
        (string summaryLanguage, string summary) = InLanguage.Best(asset.Description);
        string plain = PlainText.Of(summary);
        return new XElement(
            Atom + "entry",
            new XElement(Atom + "id", $"urn:uuid:{match.EntryId}"),
            new XElement(Atom + "title", LanguageOf(language), Writable(title)),
            new XElement(Atom + "updated", Time(TimeOf(match))),
            new XElement(Atom + "author", new XElement(Atom + "name", Writable(asset.Holder.Name))),
            new XElement(Atom + "summary", LanguageOf(summaryLanguage), Writable(plain.Length <= LongestSummary ? plain : plain[..LongestSummary] + "…")),
            Link("alternate", "application/json", $"../../data-assets/{asset.Id}"));
    }

    private static XElement Link(string relation, string type, string address) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("type", type), new XAttribute("href", address));

    private static XAttribute? LanguageOf(string language) => language.Length == 0 ? null : new XAttribute(XNamespace.Xml + "lang", language);

    private static DateTimeOffset TimeOf(SavedSearchMatchDocument match) => DateTimeOffset.FromUnixTimeMilliseconds(match.Time);

    private static string Time(DateTimeOffset time) => XmlConvert.ToString(time.UtcDateTime, XmlDateTimeSerializationMode.Utc);

    /// <summary>XML has no way to write some control characters and halves of surrogate pairs.</summary>
    private static string Writable(string text)
    {
        var writable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes().Where(r => !r.IsBmp || XmlConvert.IsXmlChar((char)r.Value)))
        {
            writable.Append(rune);
        }

        return writable.ToString();
    }
}
