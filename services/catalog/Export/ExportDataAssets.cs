using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Export;

/// <summary>Other catalogues take in what is published here.</summary>
internal sealed class ExportDataAssets(IDocumentStore store)
{
    public async Task<ExportDataAssetsResponse> HandleAsync(ExportDataAssetsRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        int size = Paging.SizeOf(request.PageSize, violations);
        violations.ThrowIfAny("The data assets cannot be given out");

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
        var graph = new Graph();
        foreach (DataAssetDocument document in page.Items)
        {
            new DcatWriter(graph).Write(document.Asset);
        }

        return new ExportDataAssetsResponse
        {
            Turtle = TurtleWriter.Write(graph, Namespaces.Prefixes),
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }
}
