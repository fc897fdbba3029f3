namespace Ecosystem.Rdf.Tests;

public sealed class W3cRdfXmlTests
{
    private static readonly Dictionary<string, W3cCase> Suite = W3cSuite.Load("rdf-xml").ToDictionary(c => c.Name);

    public static TheoryData<string> Names() => Suite.Count == 0 ? [string.Empty] : [.. Suite.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void RDF_XML_suite_passes(string name)
    {
        Skip.If(name.Length == 0, W3cSuite.Absent);
        W3cCase test = Suite[name];
        var options = new RdfReaderOptions { BaseIri = test.BaseIri };
        switch (test.Kind)
        {
            case "TestXMLEval":
                Graph read = RdfXmlReader.Read(test.ActionText(), options);
                Assert.True(read.IsIsomorphicTo(NTriplesReader.Read(test.ResultText())), NTriplesWriter.Write(read));
                break;
            case "TestXMLNegativeSyntax":
                RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => RdfXmlReader.Read(test.ActionText(), options));
                Assert.True(refused is { Line: > 0, Column: > 0 });
                break;
            default:
                Assert.Fail($"Unknown kind {test.Kind}");
                break;
        }
    }

    [SkippableFact]
    public void No_entry_of_the_manifest_is_left_out()
    {
        Skip.If(Suite.Count == 0, W3cSuite.Absent);
        Assert.Equal(166, Suite.Count);
    }
}
