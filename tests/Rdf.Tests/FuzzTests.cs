using System.Globalization;
using System.Text;
using Ecosystem.Testing;
using Xunit.Abstractions;

namespace Ecosystem.Rdf.Tests;

/// <summary>
/// Mutations of the inputs of the W3C suites: every reader reads or refuses, and throws nothing else. Seeded; set <c>RDF_FUZZ_RUNS</c> for more
/// than the few thousand that are quick.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("RDF_FUZZ_RUNS") ?? "4000", CultureInfo.InvariantCulture);

    [SkippableFact]
    public void Turtle_reads_or_is_refused() => Fuzz("standards/w3c-rdf/rdf/rdf11/rdf-turtle", "*.ttl", "<>\"'[]().;,:@^_#\\%u \n0e-aé", 11,
        text => Check(TurtleReader.ReadTolerantly(text, Limits)));

    [SkippableFact]
    public void N_Triples_reads_or_is_refused() => Fuzz("standards/w3c-rdf/rdf/rdf11/rdf-n-triples", "*.nt", "<>\"\\.:_^@ \nu0aé", 12,
        text => Check(NTriplesReader.ReadTolerantly(text, Limits)));

    [SkippableFact]
    public void RDF_XML_reads_or_is_refused() => Fuzz("standards/w3c-rdf/rdf/rdf11/rdf-xml", "*.rdf", "<>/\"'=&;: rdfa#\0", 13, text =>
    {
        try
        {
            Check(RdfXmlReader.Read(text, Limits));
        }
        catch (RdfSyntaxException refused)
        {
            Assert.True(refused is { Line: > 0, Column: > 0 });
        }
    });

    [SkippableFact]
    public void JSON_LD_reads_or_is_refused() => Fuzz("standards/w3c-json-ld/tests/toRdf", "*.jsonld", "{}[]\",:@\\ \n0-.eatrué_#/", 14,
        text => Check(JsonLdReader.ReadTolerantly(text, new JsonLdReaderOptions { Limits = Limits })));

    private static RdfReaderOptions Limits => new() { BaseIri = "http://example.org/", MaxTriples = 10_000 };

    private static void Check(RdfReading reading)
    {
        Assert.All(reading.Problems, p => Assert.True(p is { Line: > 0, Column: > 0 }));
        Check(reading.Graph);
    }

    /// <summary>What was read can be written and read again. Blank nodes are only counted: comparing them may take for ever.</summary>
    private static void Check(Graph graph)
    {
        Assert.Equal(graph.Count, NTriplesReader.Read(NTriplesWriter.Write(graph)).Count);
        Assert.Equal(graph.Count, TurtleReader.Read(TurtleWriter.Write(graph)).Count);
    }

    private void Fuzz(string folder, string pattern, string alphabet, int seed, Action<string> read)
    {
        string[] inputs = [.. Directory.GetFiles(SharedFolder.Path(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length < 20_000)];
        var random = new Random(seed);
        for (int i = 0; i < Runs; i++)
        {
            string text = Mutate(inputs, alphabet, random);
            try
            {
                read(text);
            }
            catch (Exception unexpected) when (unexpected is not RdfSyntaxException)
            {
                output.WriteLine(text);
                throw;
            }
        }

        output.WriteLine($"{Runs} mutations of {inputs.Length} inputs: each was read or refused.");
    }

    private static string Mutate(string[] inputs, string alphabet, Random random)
    {
        var text = new StringBuilder(inputs[random.Next(inputs.Length)]);
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1);
            string other = inputs[random.Next(inputs.Length)];
            int from = random.Next(other.Length + 1);
            _ = random.Next(5) switch
            {
                0 => text.Remove(at, Math.Min(text.Length - at, 1)),
                1 => text.Insert(at, alphabet[random.Next(alphabet.Length)]),
                2 => text.Remove(at, Math.Min(text.Length - at, random.Next(40))),
                3 => text.Insert(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(60)))),
                _ => text.Insert(at, text.ToString(at, Math.Min(text.Length - at, random.Next(30)))),
            };
        }

        return text.ToString();
    }
}
