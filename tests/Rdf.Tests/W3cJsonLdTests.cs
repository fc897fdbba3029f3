using Xunit.Abstractions;

namespace Ecosystem.Rdf.Tests;

public sealed class W3cJsonLdTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, JsonLdCase> Suite = W3cJsonLdSuite.Load().ToDictionary(c => c.Id);

    public static TheoryData<string> Names() => Suite.Count == 0 ? [string.Empty] : [.. Suite.Values.Where(c => c.LeftOut.Length == 0).Select(c => c.Id)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void ToRdf_suite_passes(string name)
    {
        Skip.If(name.Length == 0, W3cJsonLdSuite.Absent);
        JsonLdCase test = Suite[name];
        switch (test.Kind)
        {
            case "PositiveEvaluationTest":
                Graph read = W3cJsonLdSuite.Reified(JsonLdReader.ReadDataset(test.Input, test.Options));
                Assert.True(read.IsIsomorphicTo(W3cJsonLdSuite.Reified(test.Expected)), NTriplesWriter.Write(read));
                break;
            case "PositiveSyntaxTest":
                JsonLdReader.ReadDataset(test.Input, test.Options);
                break;
            case "NegativeEvaluationTest":
                RdfSyntaxException refused = Assert.Throws<RdfSyntaxException>(() => JsonLdReader.ReadDataset(test.Input, test.Options));
                Assert.Equal(test.Code, refused.Code);
                Assert.True(refused is { Line: > 0, Column: > 0 });
                break;
            default:
                Assert.Fail($"Unknown kind {test.Kind}");
                break;
        }
    }

    [SkippableFact]
    public void Few_entries_of_the_manifest_are_left_out_and_each_has_a_reason()
    {
        Skip.If(Suite.Count == 0, W3cJsonLdSuite.Absent);
        JsonLdCase[] leftOut = [.. Suite.Values.Where(c => c.LeftOut.Length > 0)];
        output.WriteLine($"{Suite.Count - leftOut.Length} of {Suite.Count} toRdf cases are run; left out:");
        foreach (JsonLdCase test in leftOut)
        {
            output.WriteLine($"  {test.Id}: {test.LeftOut}");
        }

        Assert.Equal(467, Suite.Count);
        Assert.Equal(["t0118", "te075", "ter56"], leftOut.Select(c => c.Id).Order(StringComparer.Ordinal));
    }
}
