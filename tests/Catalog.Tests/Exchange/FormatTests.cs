using System.Net;
using System.Net.Http.Headers;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;
using MediaType = Microsoft.Net.Http.Headers.MediaTypeHeaderValue;

namespace Ecosystem.Catalog.Tests.Exchange;

public sealed class FormatTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Theory]
    [InlineData("", RdfFormat.Turtle)]
    [InlineData("*/*", RdfFormat.Turtle)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", RdfFormat.Turtle)]
    [InlineData("application/ld+json", RdfFormat.JsonLd)]
    [InlineData("application/*", RdfFormat.JsonLd)]
    [InlineData("text/turtle;q=0.3, application/n-triples;q=0.9, application/ld+json;q=0.5", RdfFormat.NTriples)]
    [InlineData("text/turtle;q=0, */*", RdfFormat.JsonLd)]
    [InlineData("text/turtle;q=0, application/*;q=0.2, application/ld+json;q=0", RdfFormat.NTriples)]
    [InlineData("application/pdf", null)]
    [InlineData("text/turtle;q=0", null)]
    public void The_syntax_is_the_one_that_the_caller_likes_best(string accept, RdfFormat? format) =>
        Assert.Equal(format, Negotiation.Choose(accept.Length == 0 ? [] : MediaType.ParseList([accept])));

    [Fact]
    public async Task The_catalogue_is_read_page_by_page_in_every_syntax()
    {
        string holder = "seiten-beispiel";
        for (int i = 0; i < 5; i++)
        {
            await catalog.DataAssets(TestTokens.Of(holder, "data-holder")).CreateDataAssetAsync(new() { DataAsset = DataAsset($"Bestand {i}", $"https://example.org/pages/{i}") });
        }

        foreach ((string mediaType, Func<string, Graph> read) in Readers)
        {
            var datasets = new List<string>();
            var next = new Uri($"catalog/v1/dcat?pageSize=2&holderId={holder}", UriKind.Relative);
            for (int page = 0; page < 3; page++)
            {
                using HttpResponseMessage answer = await GetAsync(next, mediaType);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
                Assert.Equal(["Accept"], answer.Headers.Vary);
                Graph graph = read(await answer.Content.ReadAsStringAsync());
                datasets.AddRange(graph.Subjects(new Iri(RdfSyntax.Type), new Iri("http://www.w3.org/ns/dcat#Dataset")).Select(d => ((Iri)d).Value));
                Assert.Single(graph.Subjects(new Iri(RdfSyntax.Type), new Iri("http://www.w3.org/ns/dcat#Catalog")));
                Assert.Equal(page < 2, answer.Headers.TryGetValues("Link", out IEnumerable<string>? links));
                next = links is null ? next : new Uri(answer.RequestMessage!.RequestUri!, links.Single().Split('<', '>')[1]);
            }

            Assert.Equal(5, datasets.Distinct().Count());
        }
    }

    [Fact]
    public async Task Who_comes_again_is_told_that_nothing_has_changed()
    {
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset("Einzeln") });
        var address = new Uri($"catalog/v1/dcat/{asset.Id}", UriKind.Relative);
        using HttpResponseMessage first = await GetAsync(address, "text/turtle");
        EntityTagHeaderValue etag = first.Headers.ETag!;

        using HttpResponseMessage again = await GetAsync(address, "text/turtle", etag);
        using HttpResponseMessage other = await GetAsync(address, "application/ld+json", etag);
        asset.Title.Values["en"] = "Changed";
        await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = asset });
        using HttpResponseMessage changed = await GetAsync(address, "text/turtle", etag);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, other.StatusCode, changed.StatusCode));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Contains("\"Changed\"@en", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_given_out_is_said_in_a_sentence()
    {
        using HttpResponseMessage pdf = await GetAsync(new Uri("catalog/v1/dcat", UriKind.Relative), "application/pdf");
        using HttpResponseMessage unknown = await GetAsync(new Uri("catalog/v1/dcat/none", UriKind.Relative), "text/turtle");
        RpcException xml = await RefusedAsync(catalog.DataAssets().ExportDataAssetsAsync(new() { Format = RdfFormat.RdfXml }), StatusCode.InvalidArgument);

        Assert.Equal((HttpStatusCode.NotAcceptable, HttpStatusCode.NotFound), (pdf.StatusCode, unknown.StatusCode));
        Assert.Contains("text/turtle, application/ld+json, application/n-triples", await pdf.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["format"], Fields(xml));
    }

    [Theory]
    [InlineData(RdfFormat.Turtle)]
    [InlineData(RdfFormat.NTriples)]
    [InlineData(RdfFormat.JsonLd)]
    public async Task What_is_given_out_can_be_taken_in_by_another(RdfFormat format)
    {
        string holder = $"von-{format}".ToLowerInvariant();
        string other = $"nach-{format}".ToLowerInvariant();
        await catalog.DataAssets(TestTokens.Of(holder, "data-holder")).CreateDataAssetAsync(new() { DataAsset = DataAsset("Weitergabe", $"https://example.org/{holder}") });
        ExportDataAssetsResponse export = await catalog.DataAssets().ExportDataAssetsAsync(new() { HolderId = holder, Format = format });

        ImportDataAssetsResponse report = await catalog.DataAssets(TestTokens.Of(other, "data-holder")).ImportDataAssetsAsync(
            new() { Document = export.Document, Format = format, DefaultProtectionNeed = ProtectionNeed.High });

        Assert.Equal((1, 0), (report.Created, report.Refused));
        DataAsset copy = await catalog.DataAssets().GetDataAssetAsync(new() { Id = report.Records.Single().DataAssetId });
        Assert.Equal("Weitergabe", copy.Title.Values["de"]);
    }

    [Fact]
    public async Task RDF_XML_is_taken_in_whole_or_refused_with_the_place()
    {
        const string Document = """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
              <dcat:Dataset rdf:about="https://example.org/xml"><dct:title xml:lang="de">Aus XML</dct:title></dcat:Dataset>
            </rdf:RDF>
            """;
        DataAssetService.DataAssetServiceClient holder = catalog.DataAssets(TestTokens.Holder);

        ImportDataAssetsResponse whole = await holder.ImportDataAssetsAsync(new() { Document = Document, Format = RdfFormat.RdfXml });
        ImportDataAssetsResponse broken = await holder.ImportDataAssetsAsync(new() { Document = Document[..^10], Format = RdfFormat.RdfXml });

        Assert.Equal(1, whole.Created);
        Assert.Contains("line 3", Assert.Single(broken.Records).Remarks[0], StringComparison.Ordinal);
    }

    private static IEnumerable<(string MediaType, Func<string, Graph> Read)> Readers =>
    [
        ("text/turtle", text => TurtleReader.Read(text)),
        ("application/n-triples", text => NTriplesReader.Read(text)),
        ("application/ld+json", text => JsonLdReader.Read(text)),
    ];

    private async Task<HttpResponseMessage> GetAsync(Uri address, string accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd(accept);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await catalog.Rest().SendAsync(request);
    }
}
