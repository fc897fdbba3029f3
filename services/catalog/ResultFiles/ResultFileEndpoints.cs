using System.Text;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Catalog.ResultFiles;

/// <summary>
/// <c>GET /catalog/v1/data-assets.csv</c> and <c>/catalog/v1/data-assets.json</c>: everything that a search finds as one file, with the parameters of
/// SearchDataAssets, of which none is required. A file is whole, or its transfer ends with an error: it is never cut short in silence.
/// </summary>
internal static class ResultFileEndpoints
{
    private const string Path = "/catalog/v1/data-assets";
    private const int FlushEvery = 32 * 1024;

    public static void MapResultFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path + ".csv", (HttpContext context, SearchedRows rows) => AnswerAsync(context, rows, "text/csv; charset=utf-8; header=present", "csv", AsCsv)).AllowAnonymous();
        app.MapGet(Path + ".json", (HttpContext context, SearchedRows rows) => AnswerAsync(context, rows, "application/json; charset=utf-8", "json", AsJson)).AllowAnonymous();
    }

    private static async Task AnswerAsync(
        HttpContext context, SearchedRows rows, string type, string ending, Func<IAsyncEnumerable<DataAsset>, string, IAsyncEnumerable<string>> write)
    {
        SearchDataAssetsRequest request;
        try
        {
            request = ReadOrRefuse(context.Request);
        }
        catch (RpcException refused)
        {
            await ProblemJson.WriteAsync(context, refused);
            return;
        }

        string language = LanguageOf(context.Request);
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{(language == "en" ? "data-assets" : "datenbestaende")}.{ending}\"";
        context.Response.Headers.ContentLanguage = language;
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        var pending = new StringBuilder();
        await foreach (string text in write(rows.AllAsync(request, context.GetCaller(), context.RequestAborted), language))
        {
            pending.Append(text);
            if (pending.Length >= FlushEvery)
            {
                await context.Response.WriteAsync(pending.ToString(), context.RequestAborted);
                pending.Clear();
            }
        }

        await context.Response.WriteAsync(pending.ToString(), context.RequestAborted);
    }

    private static SearchDataAssetsRequest ReadOrRefuse(HttpRequest request)
    {
        var violations = new Violations();
        SearchDataAssetsRequest search = SearchParameters.Read(request.Query, violations);
        violations.CheckLine("query", search.Query, SearchTexts.MaxQueryLength);
        DataAssetFields.CheckFilters(search, violations);
        violations.Unless(
            request.Query["lang"].FirstOrDefault() is null or "de" or "en",
            "lang",
            "The header comes in 'de' or 'en'.",
            "Die Kopfzeile gibt es in 'de' oder 'en'.");
        violations.ThrowIfAny("The file cannot be written");
        return search;
    }

    private static string LanguageOf(HttpRequest request) => request.Query["lang"].FirstOrDefault()
        ?? request.GetTypedHeaders().AcceptLanguage
            .Where(l => l.Quality != 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(l => l is "de" or "en")
        ?? "de";

    private static async IAsyncEnumerable<string> AsCsv(IAsyncEnumerable<DataAsset> assets, string language)
    {
        yield return Csv.Line(Columns.Header(language));
        await foreach (DataAsset asset in assets)
        {
            yield return Csv.Line(Columns.Values(asset, language));
        }
    }

    /// <summary>The assets as they are read one by one, in proto3 JSON.</summary>
    private static async IAsyncEnumerable<string> AsJson(IAsyncEnumerable<DataAsset> assets, string language)
    {
        string before = "{\"dataAssets\":[\n";
        await foreach (DataAsset asset in assets)
        {
            yield return before;
            yield return JsonFormatter.Default.Format(asset);
            before = ",\n";
        }

        yield return before.StartsWith('{') ? "{\"dataAssets\":[]}\n" : "\n]}\n";
    }
}
