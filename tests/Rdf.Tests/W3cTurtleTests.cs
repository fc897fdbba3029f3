namespace Ecosystem.Rdf.Tests;

public sealed class W3cTurtleTests
{
    private static readonly Dictionary<string, W3cCase> Suite = W3cSuite.Load("rdf-turtle").ToDictionary(c => c.Name);

    public static TheoryData<string> Names() => Suite.Count == 0 ? [string.Empty] : [.. Suite.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Turtle_suite_passes(string name)
    {
        Skip.If(name.Length == 0, W3cSuite.Absent);
        W3cCase test = Suite[name];
        var options = new RdfReaderOptions { BaseIri = test.BaseIri };
        switch (test.Kind)
        {
            case "TestTurtlePositiveSyntax":
                TurtleReader.Read(test.ActionText(), options);
                break;
            case "TestTurtleEval":
                Graph read = TurtleReader.Read(test.ActionText(), options);
                Assert.True(read.IsIsomorphicTo(NTriplesReader.Read(test.ResultText())), NTriplesWriter.Write(read));
                Assert.True(TurtleReader.Read(TurtleWriter.Write(read)).IsIsomorphicTo(read), TurtleWriter.Write(read));
                break;
            case "TestTurtleNegativeSyntax" or "TestTurtleNegativeEval":
                Assert.Throws<RdfSyntaxException>(() => TurtleReader.Read(test.ActionText(), options));
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
        Assert.Equal(313, Suite.Count);
    }
}
