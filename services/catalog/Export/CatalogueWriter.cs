using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Export;

/// <summary>A page of the catalogue as a graph: the catalogue, and the assets of the page as its data sets.</summary>
internal sealed class CatalogueWriter(IOptions<CatalogueOptions> options, IConfiguration configuration)
{
    public Graph Write(IEnumerable<DataAsset> assets)
    {
        CatalogueOptions self = options.Value;
        var graph = new Graph();
        var catalogue = new Iri(DcatIris.IsIri(self.Iri) ? self.Iri : $"urn:ecosystem:{configuration["REGION"] ?? "ruhr"}:catalog");
        var statements = new Statements(graph);
        statements.Add(catalogue, Dcat.Type, Dcat.Catalogue);
        statements.Text(catalogue, Dcat.Title, new LocalizedText { Values = { self.Title.ToDictionary() } });
        statements.Text(catalogue, Dcat.Description, new LocalizedText { Values = { self.Description.ToDictionary() } });
        statements.Reference(catalogue, Dcat.Legislation, RegionalFacts.EuropeanHealthDataSpace);
        new AgentWriter(statements).Write(catalogue, Dcat.Publisher, new Agent { Name = self.PublisherName, Url = self.PublisherPage }, isReachable: false);
        var writer = new DcatWriter(graph);
        foreach (DataAsset asset in assets)
        {
            graph.Add(catalogue, Dcat.Datasets, writer.Write(asset));
        }

        return graph;
    }
}
