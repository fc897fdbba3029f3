using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.Testing;

namespace Ecosystem.Catalog.Tests.Exchange;

public sealed class ProfileTests
{
    [SkippableFact]
    public async Task A_whole_asset_and_the_official_example_break_no_shape()
    {
        var graph = new Graph();
        new DcatWriter(graph).Write(WholeAsset.Create());
        Graph example = TurtleReader.Read(await File.ReadAllTextAsync(SharedFolder.Path("standards/healthdcat-ap/example-healthdcat-dataset.ttl")));

        IReadOnlyList<ShaclViolation[]> verdicts = await ShaclJudge.JudgeAsync([graph, example]);

        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, Assert.Empty);
    }

    [SkippableFact]
    public async Task The_judge_sees_what_is_missing()
    {
        DataAsset asset = WholeAsset.Create();
        asset.Hdab = null;
        asset.Keywords.Clear();
        var graph = new Graph();
        new DcatWriter(graph).Write(asset);

        ShaclViolation[] violations = Assert.Single(await ShaclJudge.JudgeAsync([graph]));

        Assert.Equal(["hdab", "keyword"], violations.Select(v => v.Path).Order(StringComparer.Ordinal));
    }
}
