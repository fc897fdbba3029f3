using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Tests.Exchange;

public sealed class MappingTests
{
    [Theory]
    [InlineData(RdfFormat.Turtle)]
    [InlineData(RdfFormat.NTriples)]
    [InlineData(RdfFormat.JsonLd)]
    public void Every_field_with_a_word_in_HealthDCAT_AP_survives_the_way_there_and_back(RdfFormat format)
    {
        DataAsset said = WholeAsset.Create();
        var graph = new Graph();
        new DcatWriter(graph).Write(said);
        RdfReading reading = RdfDocuments.Read(RdfFormats.Write(graph, format), format, RdfReaderOptions.Default);

        DcatRecord record = Assert.Single(new DcatReader(reading.Graph, ProtectionNeed.High).Records());

        Assert.Empty(reading.Problems);
        record.Asset.Id = said.Id;
        record.Asset.ProtectionReason = said.ProtectionReason;
        Assert.Equal(said, record.Asset);
        Assert.DoesNotContain(record.Remarks, r => r.Contains("left out", StringComparison.Ordinal));
    }

    /// <summary>Two who give one name to different things must not be merged into one thing with contradictions.</summary>
    [Fact]
    public void A_name_that_two_assets_use_for_different_things_is_given_once()
    {
        var graph = new Graph();
        var writer = new DcatWriter(graph);
        DataAsset first = WholeAsset.Create();
        DataAsset second = WholeAsset.Create();
        (second.Id, second.DataVersion, second.Publisher.Name) = ("0197a000-0000-7000-8000-000000000002", "8", "Anderes Klinikum");
        writer.Write(first);
        writer.Write(second);

        DataAsset[] read = [.. new DcatReader(graph, ProtectionNeed.High).Records().Select(r => r.Asset)];

        Assert.Equal(["7.1", "8"], read.Select(a => a.DataVersion));
        Assert.Equal(["Klinikum", "Anderes Klinikum"], read.Select(a => a.Publisher.Name));
        Assert.Equal(first.Distributions, read[1].Distributions);
    }

    [Fact]
    public void What_private_persons_did_is_not_taken_in()
    {
        Graph graph = TurtleReader.Read("""
            @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            <https://example.org/x> a dcat:Dataset ; dct:creator [ a foaf:Person ; foaf:name "Eine Person" ] , [ a foaf:Organization ; foaf:name "Institut" ] .
            """);

        DataAsset asset = Assert.Single(new DcatReader(graph, ProtectionNeed.High).Records()).Asset;

        Assert.Equal(["Institut"], asset.Creators.Select(c => c.Name));
    }
}
