using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Rdf;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Export;

/// <summary>Other catalogues take in what is published here.</summary>
internal sealed class ExportDataAssets(IDocumentStore store, CatalogueWriter catalogue)
{
    public async Task<ExportDataAssetsResponse> HandleAsync(ExportDataAssetsRequest request, CancellationToken ct)
    {
        (Graph graph, Page page) = request.Id.Length > 0 ? await OneAsync(request, ct) : await PageAsync(request, ct);
        var response = new ExportDataAssetsResponse { Page = page };
        if (request.Format == RdfFormat.Unspecified)
        {
            response.Turtle = RdfFormats.Write(graph, RdfFormat.Turtle);
        }
        else
        {
            response.Document = RdfFormats.Write(graph, request.Format);
            response.ContentType = RdfFormats.MediaTypeOf(request.Format);
        }

        return response;
    }

    private static void Check(ExportDataAssetsRequest request, Violations violations)
    {
        violations.Unless(
            request.Format == RdfFormat.Unspecified || RdfFormats.Written.Any(w => w.Format == request.Format),
            "format",
            "Use RDF_FORMAT_TURTLE, RDF_FORMAT_N_TRIPLES or RDF_FORMAT_JSON_LD.",
            "Verwenden Sie RDF_FORMAT_TURTLE, RDF_FORMAT_N_TRIPLES oder RDF_FORMAT_JSON_LD.");
        violations.ThrowIfAny("The data assets cannot be given out");
    }

    private async Task<(Graph Graph, Page Page)> OneAsync(ExportDataAssetsRequest request, CancellationToken ct)
    {
        Check(request, new Violations());
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument? document = await session.LoadAsync<DataAssetDocument>(request.Id, ct);
        if (document?.VisibleTo().Contains(DataAssetDocument.Everybody) != true)
        {
            throw RichStatus.NotFound($"There is no published data asset '{FieldRules.Shorten(request.Id)}'.");
        }

        var graph = new Graph();
        new DcatWriter(graph).Write(document.Asset);
        return (graph, new Page { TotalSize = 1 });
    }

    private async Task<(Graph Graph, Page Page)> PageAsync(ExportDataAssetsRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        Check(request, violations);
        DocumentQuery<DataAssetDocument> query = DocumentQuery.For(DataAssetDocument.Type)
            .Where("visible_to", DataAssetDocument.Everybody)
            .OrderByDescending("registered")
            .Page(size, request.PageToken);
        if (request.HolderId.Length > 0)
        {
            query = query.Where("holder", request.HolderId);
        }

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<DataAssetDocument> page = await session.QueryAsync(query, ct);
        return (catalogue.Write(page.Items.Select(d => d.Asset)), new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize });
    }
}
