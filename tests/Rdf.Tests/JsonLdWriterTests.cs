using Ecosystem.Testing;

namespace Ecosystem.Rdf.Tests;

public sealed class JsonLdWriterTests
{
    private static readonly JsonLdVocabulary Vocabulary = new(
        new Dictionary<string, string> { ["ex"] = "http://example.org/", ["xsd"] = Xsd.Namespace, ["unused"] = "http://example.com/" },
        [
            new JsonLdTerm("title", "http://example.org/title", JsonLdTermKind.Localised),
            new JsonLdTerm("page", "http://example.org/page", JsonLdTermKind.Reference),
            new JsonLdTerm("issued", "http://example.org/issued", JsonLdTermKind.Typed, Xsd.Date),
            new JsonLdTerm("never", "http://example.org/never", JsonLdTermKind.Plain),
        ]);

    [Fact]
    public void A_short_name_that_two_properties_claim_stands_for_the_first_and_nothing_is_lost()
    {
        var twice = new JsonLdVocabulary(
            Vocabulary.Prefixes,
            [new JsonLdTerm("name", "http://example.org/name", JsonLdTermKind.Localised), new JsonLdTerm("name", "http://example.org/column-name", JsonLdTermKind.Plain)]);
        Graph graph = TurtleReader.Read("@prefix ex: <http://example.org/> . ex:x ex:name \"Fälle\"@de ; ex:column-name \"age\" .");

        string text = JsonLdWriter.Write(graph, twice);

        Assert.Contains("\"ex:column-name\": \"age\"", text, StringComparison.Ordinal);
        Assert.Equal(graph.ToHashSet(), JsonLdReader.Read(text).ToHashSet());
    }

    [Fact]
    public void Written_JSON_LD_reads_well_and_says_the_same()
    {
        Graph graph = TurtleReader.Read("""
            @prefix ex: <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            ex:x a ex:Dataset ; ex:title "Übergewicht"@de , "Obesity"@en , "x" ; ex:page <http://example.net/> , "none" ;
              ex:issued "2026-01-02"^^xsd:date ; ex:publisher [ ex:name "RKI" ] ; ex:count 53 ; ex:open true ; ex:size "1.5"^^xsd:decimal .
            """);

        string text = JsonLdWriter.Write(graph, Vocabulary);

        Assert.Equal("""
            {
              "@context": {
                "ex": {
                  "@id": "http://example.org/",
                  "@prefix": true
                },
                "xsd": {
                  "@id": "http://www.w3.org/2001/XMLSchema#",
                  "@prefix": true
                },
                "issued": {
                  "@id": "ex:issued",
                  "@type": "xsd:date"
                },
                "page": {
                  "@id": "ex:page",
                  "@type": "@id"
                },
                "title": {
                  "@id": "ex:title",
                  "@container": "@language"
                }
              },
              "@graph": [
                {
                  "@id": "http://example.org/x",
                  "@type": "ex:Dataset",
                  "title": {
                    "de": "Übergewicht",
                    "en": "Obesity",
                    "@none": "x"
                  },
                  "page": "http://example.net/",
                  "ex:page": "none",
                  "issued": "2026-01-02",
                  "ex:publisher": {
                    "ex:name": "RKI"
                  },
                  "ex:count": 53,
                  "ex:open": true,
                  "ex:size": {
                    "@value": "1.5",
                    "@type": "xsd:decimal"
                  }
                }
              ]
            }

            """.ReplaceLineEndings("\n"), text);
        Assert.True(JsonLdReader.Read(text).IsIsomorphicTo(graph));
    }

    [Theory]
    [InlineData("_:a <http://example.org/p> _:b . _:b <http://example.org/p> _:a . _:c <http://example.org/p> _:c .")]
    [InlineData("<ex:a> <ex:p> <title:x> , <page:y> ; <http://example.org/page> [] .")]
    [InlineData("<http://example.org//a> a <http://example.org//b> , [] , \"x\" .")]
    [InlineData("<http://example.org/a> <http://example.org/issued> \"2026\" , \"2026\"^^<http://www.w3.org/2001/XMLSchema#date> , \"x\"@de .")]
    [InlineData("<http://example.org/a> <http://example.org/never> 01 , -0 , 9007199254740993 , 1.0 , 1e0 , \"TRUE\"^^<http://www.w3.org/2001/XMLSchema#boolean> .")]
    [InlineData("<http://example.org/a> <http://example.org/never> ( 1 ( 2 ) ) .")]
    public void Awkward_graphs_survive(string turtle)
    {
        Graph graph = TurtleReader.Read(turtle);

        string text = JsonLdWriter.Write(graph, Vocabulary);

        Assert.True(JsonLdReader.Read(text).IsIsomorphicTo(graph), text);
    }

    [SkippableFact]
    public void A_real_catalogue_survives()
    {
        Graph graph = TurtleReader.Read(File.ReadAllText(SharedFolder.Path("data/rki-catalogue/Robert_Koch-Institut_DCAT-AP-DE.ttl")));

        Assert.True(JsonLdReader.Read(JsonLdWriter.Write(graph, Vocabulary)).IsIsomorphicTo(graph));
    }
}
