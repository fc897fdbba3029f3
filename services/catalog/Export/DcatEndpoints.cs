using System.Globalization;
using System.Text;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Catalog.Export;

/// <summary>
/// <c>GET /catalog/v1/dcat</c> and <c>/catalog/v1/dcat/{id}</c>: the same as ExportDataAssets, for those who speak HTTP and RDF and nothing else. The
/// Accept header chooses the syntax, Link leads to the next page, and ETag saves those who come again from reading the same twice.
/// </summary>
internal static class DcatEndpoints
{
    private const string Path = "/catalog/v1/dcat";

    public static void MapDcat(this IEndpointRouteBuilder app)
    {
        string[] verbs = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods(Path, verbs, (HttpContext context, ExportDataAssets export) => AnswerAsync(context, export, PageOf(context.Request.Query))).AllowAnonymous();
        app.MapMethods(Path + "/{id}", verbs, (HttpContext context, ExportDataAssets export, string id) =>
            AnswerAsync(context, export, new ExportDataAssetsRequest { Id = id })).AllowAnonymous();
    }

    private static ExportDataAssetsRequest PageOf(IQueryCollection query) => new()
    {
        PageSize = int.TryParse(Value(query, "pageSize", "page_size"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size) ? size : 0,
        PageToken = Value(query, "pageToken", "page_token"),
        HolderId = Value(query, "holderId", "holder_id"),
    };

    private static string Value(IQueryCollection query, string name, string other) => query[name].FirstOrDefault() ?? query[other].FirstOrDefault() ?? string.Empty;

    private static async Task AnswerAsync(HttpContext context, ExportDataAssets export, ExportDataAssetsRequest request)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (Negotiation.Choose(context.Request.GetTypedHeaders().Accept) is not { } format)
        {
            string known = string.Join(", ", RdfFormats.Written.Select(w => w.MediaType));
            await ProblemJson.WriteAsync(context, StatusCodes.Status406NotAcceptable, $"The catalogue is written as {known}; ask for one of these in Accept.");
            return;
        }

        request.Format = format;
        try
        {
            ExportDataAssetsResponse response = await export.HandleAsync(request, context.RequestAborted);
            await WriteAsync(context, request, response);
        }
        catch (RpcException refused)
        {
            await ProblemJson.WriteAsync(context, refused);
        }
    }

    private static async Task WriteAsync(HttpContext context, ExportDataAssetsRequest request, ExportDataAssetsResponse response)
    {
        byte[] body = Encoding.UTF8.GetBytes(response.Document);
        if (response.Page.NextPageToken.Length > 0)
        {
            // Relative, because only the caller knows under which path it reached us.
            context.Response.Headers.Link = $"<{NextOf(request, response.Page.NextPageToken)}>; rel=\"next\"";
        }

        await RevalidatedAnswer.WriteAsync(context, body, response.ContentType);
    }

    private static string NextOf(ExportDataAssetsRequest request, string token)
    {
        QueryString query = QueryString.Create("pageToken", token);
        query = request.PageSize > 0 ? query.Add("pageSize", request.PageSize.ToString(CultureInfo.InvariantCulture)) : query;
        return (request.HolderId.Length > 0 ? query.Add("holderId", request.HolderId) : query).ToString();
    }
}
