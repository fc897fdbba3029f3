using System.Text;

namespace Ecosystem.Rdf.Tests;

public sealed class HostileJsonLdTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{\"http://example.org/p\":")]
    [InlineData("{\"@graph\":[")]
    [InlineData("{\"@context\":{\"a\":{\"@id\":\"http://example.org/a\",\"@context\":")]
    public void Deep_nesting_is_refused(string opening)
    {
        RdfSyntaxException refused = Refused(string.Concat(Enumerable.Repeat(opening, 100_000)));

        Assert.Contains("nest at most 128 deep", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_literal_is_refused()
    {
        RdfSyntaxException refused = Refused($$"""{"http://example.org/p": "{{new string('x', 1001)}}"}""", new() { MaxLiteralLength = 1000 });

        Assert.Contains("at most 1000 characters", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_beyond_the_size_limit_is_refused_before_it_is_read()
    {
        RdfReading reading = JsonLdReader.ReadTolerantly(new string(' ', 101), new() { Limits = new() { MaxCharacters = 100 } });

        Assert.Contains("at most 100 characters", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_nodes_without_end_are_refused()
    {
        string many = "[" + string.Join(',', Enumerable.Repeat("""{"http://example.org/p":[{},{},{}]}""", 40_000)) + "]";

        RdfSyntaxException refused = Refused(many, new() { MaxTriples = 100_000 });

        Assert.Contains("at most 100000 triples", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Contexts_from_elsewhere_are_refused_with_the_place()
    {
        RdfSyntaxException refused = Refused("""
            {
              "@context": "https://schema.org/",
              "name": "x"
            }
            """);

        Assert.Equal((2, 15, "loading remote context failed"), (refused.Line, refused.Column, refused.Code));
        Assert.Contains("<https://schema.org/> is outside the document and is not fetched", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_the_caller_gives_is_known()
    {
        var options = new JsonLdReaderOptions { Contexts = new Dictionary<string, string> { ["https://example.org/c"] = """{"@context":{"name":"https://example.org/name"}}""" } };

        Graph graph = JsonLdReader.Read("""{"@context":"https://example.org/c","name":"x"}""", options);

        Assert.Equal("https://example.org/name", Assert.Single(graph).Predicate.Value);
    }

    [Fact]
    public void Contexts_that_name_one_another_for_ever_end()
    {
        var options = new JsonLdReaderOptions
        {
            Contexts = new Dictionary<string, string>
            {
                ["https://example.org/a"] = """{"@context":"https://example.org/b"}""",
                ["https://example.org/b"] = """{"@context":["https://example.org/a","https://example.org/a"]}""",
            },
        };

        RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => JsonLdReader.Read("""{"@context":"https://example.org/a"}""", options));

        Assert.Equal("context overflow", refused.Code);
    }

    /// <summary>A short document may ask for the square of its length in definitions.</summary>
    [Fact]
    public void Contexts_that_multiply_are_refused()
    {
        var document = new StringBuilder("""{"@context":{"@vocab":"http://example.org/" """);
        for (int i = 0; i < 2_000; i++)
        {
            document.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"t{i}\":{{\"@id\":\"http://example.org/t{i}\",\"@context\":{{\"x\":\"http://example.org/x{i}\"}}}}");
        }

        document.Append("},\"@graph\":[").AppendJoin(',', Enumerable.Repeat("""{"@context":{"a":"http://example.org/a"},"p":1}""", 20_000)).Append("]}");

        RdfSyntaxException refused = Refused(document.ToString());

        Assert.Equal("context overflow", refused.Code);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\"a\": }", 1)]
    [InlineData("{}\n{}", 2)]
    [InlineData("{\n\"@id\": \"\\ud800\"}", 2)]
    [InlineData("{\n  \"ä\": tru }", 2)]
    public void What_is_not_JSON_is_refused_with_its_line(string document, int line) => Assert.Equal(line, Refused(document).Line);

    [Fact]
    public void A_broken_record_costs_only_itself()
    {
        RdfReading reading = JsonLdReader.ReadTolerantly("""
            {
              "@context": {"@vocab": "http://example.org/"},
              "@graph": [
                {"@id": "http://example.org/a", "title": "one"},
                {"@id": "http://example.org/b", "title": {"@value": []}},
                {"@id": "http://example.org/c", "title": "three", "seeAlso": {"@id": "relative"}}
              ]
            }
            """);

        Assert.Equal(["one", "three"], reading.Graph.Select(t => t.Object).OfType<Literal>().Select(l => l.Value));
        Assert.Equal(2, reading.Problems.Count);
        Assert.Equal(("http://example.org/b", 5), (reading.Problems[0].Subject!.Value, reading.Problems[0].Line));
        Assert.Contains("<http://example.org/seeAlso> was left out", reading.Problems[1].Message, StringComparison.Ordinal);
        Assert.Equal(6, reading.Lines[new Iri("http://example.org/c")]);
    }

    private static RdfSyntaxException Refused(string document, RdfReaderOptions? limits = null) =>
        Assert.Throws<RdfSyntaxException>(() => JsonLdReader.Read(document, new() { Limits = limits ?? RdfReaderOptions.Default }));
}
