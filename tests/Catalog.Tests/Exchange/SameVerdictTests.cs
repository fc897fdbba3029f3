using System.Globalization;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.Import.Profile;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.Testing;
using Xunit.Abstractions;

namespace Ecosystem.Catalog.Tests.Exchange;

public sealed class SameVerdictTests(ITestOutputHelper output)
{
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("SHACL_RUNS") ?? "200", CultureInfo.InvariantCulture);

    /// <summary>
    /// Mutations of a whole asset and of the official example, judged by the official shapes and by ours. Seeded; set <c>SHACL_RUNS</c> for more. What
    /// the reader mends on the way in is judged as well: as it would be given out again.
    /// </summary>
    [SkippableFact]
    public async Task Our_rules_accept_exactly_what_the_official_shapes_accept()
    {
        Graph[] originals = await OriginalsAsync();
        var random = new Random(20260106);
        (Graph Graph, string What)[] mutated = [.. Enumerable.Range(0, Runs).Select(i => GraphMutation.Apply(originals[i % originals.Length], random))];
        DataAsset?[] mended = [.. mutated.Select(m => Mended(m.Graph))];
        IReadOnlyList<ShaclViolation[]> verdicts = await ShaclJudge.JudgeAsync(
            mutated.Select(m => m.Graph).Concat(mended.OfType<DataAsset>().Select(GraphOf)));

        var different = new List<string>();
        int refused = 0;
        for (int i = 0; i < mutated.Length; i++)
        {
            // The shapes at hand are for data that are not public; of others they refuse the access rights, which ours do not.
            ShaclViolation[] theirs = [.. verdicts[i].Where(v => v is not { Constraint: "HasValue", Path: "accessRights" })];
            IReadOnlyList<Deviation> ours = new ProfileCheck(mutated[i].Graph).All();
            refused += theirs.Length > 0 ? 1 : 0;
            if (theirs.Length > 0 != ours.Count > 0)
            {
                different.Add($"{mutated[i].What}: shapes [{string.Join("; ", theirs.Select(v => v.ToString()))}], ours [{string.Join("; ", ours.Select(d => d.Sentence))}]");
            }
        }

        output.WriteLine($"{Runs} mutations: the shapes refuse {refused} and accept {Runs - refused}; ours differ on {different.Count}.");
        output.WriteLine($"{mended.Count(m => m is not null)} can be taken in and published; given out again, all of them keep the shapes.");
        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.All(verdicts.Skip(Runs), Assert.Empty);
    }

    /// <summary>What the catalogue makes of a graph; null when its rules let nothing be published.</summary>
    private static DataAsset? Mended(Graph graph)
    {
        if (new DcatReader(graph, ProtectionNeed.High).Records().FirstOrDefault()?.Asset is not { } asset)
        {
            return null;
        }

        asset.Id = WholeAsset.Create().Id;
        asset.AccessRights = AccessRights.NonPublic;
        asset.Identifier = asset.Identifier.Length == 0 ? $"urn:uuid:{asset.Id}" : asset.Identifier;
        var violations = new Violations();
        DataAssetRules.CheckAll(asset, violations);
        return violations.Any ? null : asset;
    }

    private static async Task<Graph[]> OriginalsAsync() =>
    [
        GraphOf(WholeAsset.Create()),
        TurtleReader.Read(await File.ReadAllTextAsync(SharedFolder.Path("standards/healthdcat-ap/example-healthdcat-dataset.ttl"))),
    ];

    private static Graph GraphOf(DataAsset asset)
    {
        var graph = new Graph();
        new DcatWriter(graph).Write(asset);
        return graph;
    }
}
