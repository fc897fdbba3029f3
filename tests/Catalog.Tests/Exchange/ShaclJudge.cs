using System.Text.Json;
using Ecosystem.Rdf;
using Ecosystem.Testing;

namespace Ecosystem.Catalog.Tests.Exchange;

/// <summary>One violation of a shape.</summary>
/// <param name="Path">Local name of the property.</param>
/// <param name="Constraint">What kind of constraint, such as <c>MinCount</c>.</param>
/// <param name="Focus">The node it is about.</param>
/// <param name="Value">The value that breaks it.</param>
public sealed record ShaclViolation(string Path, string Constraint, string Focus, string Value)
{
    public override string ToString() => $"{Constraint} of {Path} at {Focus} ({Value})";
}

/// <summary>
/// The official shapes of HealthDCAT-AP release 8 (data that are not public) and DCAT-AP 3.0.1, judged by a foreign validator. It starts once
/// for many graphs, because starting takes longer than judging.
/// </summary>
internal static class ShaclJudge
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The violations of each graph, in order.</summary>
    public static async Task<IReadOnlyList<ShaclViolation[]>> JudgeAsync(IEnumerable<Graph> graphs)
    {
        string health = SharedFolder.Path("standards/healthdcat-ap/non-public-shapes.ttl");
        string dcat = SharedFolder.Path("standards/dcat-ap/shapes.ttl");
        string folder = Directory.CreateTempSubdirectory("shacl-").FullName;
        try
        {
            string documents = Path.Combine(folder, "graphs");
            string report = Path.Combine(folder, "report");
            await File.WriteAllLinesAsync(documents, graphs.Select(g => JsonSerializer.Serialize(NTriplesWriter.Write(g))));
            NodeResult result = await new NodeProgram("shacl").RunAsync("judge.mjs", [documents, report, health, dcat], new Dictionary<string, string>());
            Assert.True(result.ExitCode == 0, result.Output);
            return [.. (await File.ReadAllLinesAsync(report)).Select(line => JsonSerializer.Deserialize<ShaclViolation[]>(line, Web)!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
