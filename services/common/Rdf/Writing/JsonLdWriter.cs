using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ecosystem.Rdf;

/// <summary>Writes JSON-LD 1.1 for people and for programs that know only JSON: short names, one object a subject, blank nodes in place where they are mentioned once.</summary>
public static class JsonLdWriter
{
    /// <summary>The graph as a document, with its context in it.</summary>
    /// <param name="graph">What to write.</param>
    /// <param name="vocabulary">Short names; those that the graph does not need are left out.</param>
    public static string Write(Graph graph, JsonLdVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var body = new ArrayBufferWriter<byte>();
        var names = new JsonLdNames(graph, vocabulary ?? JsonLdVocabulary.None);
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions
        {
            // The document is served as application/ld+json and never pasted into a page, so umlauts may stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = true,
            NewLine = "\n",
        });
        new JsonLdGraph(graph, names, json).Write();
        json.Flush();
        return Encoding.UTF8.GetString(body.WrittenSpan) + "\n";
    }
}
