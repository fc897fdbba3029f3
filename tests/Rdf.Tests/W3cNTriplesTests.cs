namespace Ecosystem.Rdf.Tests;

public sealed class W3cNTriplesTests
{
    private static readonly Dictionary<string, W3cCase> Suite = W3cSuite.Load("rdf-n-triples").ToDictionary(c => c.Name);

    public static TheoryData<string> Names() => Suite.Count == 0 ? [string.Empty] : [.. Suite.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void N_Triples_suite_passes(string name)
    {
        Skip.If(name.Length == 0, W3cSuite.Absent);
        W3cCase test = Suite[name];
        switch (test.Kind)
        {
            case "TestNTriplesPositiveSyntax":
                Graph read = NTriplesReader.Read(test.ActionText());
                Assert.True(NTriplesReader.Read(NTriplesWriter.Write(read)).IsIsomorphicTo(read));
                Assert.True(TurtleReader.Read(test.ActionText()).IsIsomorphicTo(read));
                break;
            case "TestNTriplesNegativeSyntax":
                Assert.Throws<RdfSyntaxException>(() => NTriplesReader.Read(test.ActionText()));
                Assert.NotEmpty(NTriplesReader.ReadTolerantly(test.ActionText()).Problems);
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
        Assert.Equal(70, Suite.Count);
    }
}
