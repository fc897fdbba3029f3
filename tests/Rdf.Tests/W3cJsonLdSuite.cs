using System.Text.Json;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.Rdf.Tests;

/// <summary>One entry of the manifest of the JSON-LD tests.</summary>
/// <param name="Id">Its short name.</param>
/// <param name="Kind">What is expected: <c>PositiveEvaluationTest</c>, <c>PositiveSyntaxTest</c> or <c>NegativeEvaluationTest</c>.</param>
/// <param name="Input">File to read.</param>
/// <param name="Expected">File with the expected quads, or empty.</param>
/// <param name="Code">The fault that is expected, or empty.</param>
/// <param name="Options">How to read.</param>
/// <param name="LeftOut">Why it is not run, or empty.</param>
public sealed record JsonLdCase(string Id, string Kind, string Input, string Expected, string Code, JsonLdReaderOptions Options, string LeftOut);

internal static partial class W3cJsonLdSuite
{
    public const string Absent = "../shared/standards/w3c-json-ld is not here";
    private const string BaseIri = "https://w3c.github.io/json-ld-api/tests/";

    public static IReadOnlyList<JsonLdCase> Load()
    {
        if (SharedFolder.Find("standards/w3c-json-ld/tests/toRdf-manifest.jsonld") is not { } file)
        {
            return [];
        }

        string folder = Path.GetDirectoryName(file)!;
        Dictionary<string, string> contexts = Directory.GetFiles(Path.Combine(folder, "toRdf"), "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".nq", StringComparison.Ordinal))
            .ToDictionary(f => BaseIri + Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(file));
        return [.. manifest.RootElement.GetProperty("sequence").EnumerateArray().Select(e => Case(e, folder, contexts))];
    }

    private static JsonLdCase Case(JsonElement entry, string folder, Dictionary<string, string> contexts)
    {
        JsonElement option = entry.TryGetProperty("option", out JsonElement given) ? given : default;
        string Option(string name) => option.ValueKind == JsonValueKind.Object && option.TryGetProperty(name, out JsonElement v) ? v.ToString() : string.Empty;
        string Text(string name) => entry.TryGetProperty(name, out JsonElement v) ? v.ToString() : string.Empty;

        string input = Text("input");
        bool isOld = Option("processingMode") == "json-ld-1.0" || Option("specVersion") == "json-ld-1.0";
        var options = new JsonLdReaderOptions
        {
            Limits = new RdfReaderOptions { BaseIri = Option("base") is { Length: > 0 } other ? other : BaseIri + input },
            Contexts = contexts,
            InitialContext = Option("expandContext") is { Length: > 0 } context ? BaseIri + context : null,
            Version = isOld ? JsonLdVersion.Version10 : JsonLdVersion.Version11,
            Direction = Option("rdfDirection") switch
            {
                "i18n-datatype" => JsonLdDirection.InDatatype,
                "compound-literal" => JsonLdDirection.AsCompoundLiteral,
                _ => JsonLdDirection.Dropped,
            },
        };
        string leftOut = !File.Exists(Path.Combine(folder, input)) ? $"its input is in a folder that is not here ({input})"
            : Option("produceGeneralizedRdf") == "True" ? "generalised RDF: a blank node as predicate, which RDF 1.1 does not have"
            : string.Empty;
        string expected = Text("expect");
        return new JsonLdCase(
            Text("@id")[1..],
            entry.GetProperty("@type")[0].GetString()!["jld:".Length..],
            leftOut.Length > 0 ? string.Empty : File.ReadAllText(Path.Combine(folder, input)),
            expected.Length > 0 ? File.ReadAllText(Path.Combine(folder, expected)) : string.Empty,
            Text("expectErrorCode"),
            options,
            leftOut);
    }

    /// <summary>Says of every quad what its parts are, so that data sets can be compared like graphs.</summary>
    public static Graph Reified(RdfDataset dataset)
    {
        var graph = new Graph();
        foreach ((Term? name, Graph named) in dataset.Named.Select(n => ((Term?)n.Key, n.Value)).Prepend((null, dataset.Default)))
        {
            foreach (Triple triple in named)
            {
                var quad = new BlankNode();
                graph.Add(quad, new Iri("q:s"), triple.Subject);
                graph.Add(quad, new Iri("q:p"), triple.Predicate);
                graph.Add(quad, new Iri("q:o"), triple.Object);
                if (name is not null)
                {
                    graph.Add(quad, new Iri("q:g"), name);
                }
            }
        }

        return graph;
    }

    /// <summary>The same of quads that are written as N-Quads. Equal lines are one quad.</summary>
    public static Graph Reified(string quads)
    {
        IEnumerable<string> triples = quads.Split('\n').Where(l => l.Trim().Length > 0).Distinct().SelectMany((line, i) =>
        {
            string[] terms = [.. TermPattern().Matches(line).Select(m => m.Value)];
            return terms.Select((term, place) => $"_:quad{i} <q:{"spog"[place]}> {term} .");
        });
        return NTriplesReader.Read(string.Join('\n', triples) + "\n");
    }

    [GeneratedRegex("""<[^>]*>|_:[^\s.]+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?""", RegexOptions.None, 1000)]
    private static partial Regex TermPattern();
}
