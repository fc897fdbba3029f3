using Ecosystem.Testing;

namespace Ecosystem.Rdf.Tests;

/// <summary>One entry of a W3C test manifest.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Kind">Local name of its type, such as <c>TestTurtleEval</c>.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Action">File to read.</param>
/// <param name="Result">File with the expected triples, or empty.</param>
/// <param name="BaseIri">Base IRI of the file to read.</param>
public sealed record W3cCase(string Name, string Kind, string Folder, string Action, string Result, string BaseIri)
{
    public string ActionText() => File.ReadAllText(Path.Combine(Folder, Action));

    public string ResultText() => File.ReadAllText(Path.Combine(Folder, Result));
}

/// <summary>Reads the manifests with the reader under test; the number of entries is checked against the plain text.</summary>
internal static class W3cSuite
{
    private const string Manifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    public const string Absent = "../shared/standards/w3c-rdf is not here";

    public static IReadOnlyList<W3cCase> Load(string suite)
    {
        if (SharedFolder.Find($"standards/w3c-rdf/rdf/rdf11/{suite}/manifest.ttl") is not { } file)
        {
            return [];
        }

        string folder = Path.GetDirectoryName(file)!;
        string baseIri = $"https://w3c.github.io/rdf-tests/rdf/rdf11/{suite}/";
        Graph manifest = TurtleReader.Read(File.ReadAllText(file), new RdfReaderOptions { BaseIri = baseIri + "manifest.ttl", MaxDepth = 8 });
        Term head = manifest.Match(predicate: new Iri(Manifest + "entries")).Single().Object;
        return [.. manifest.List(head).Select(entry => Case(manifest, entry, folder, baseIri))];
    }

    private static W3cCase Case(Graph manifest, Term entry, string folder, string baseIri)
    {
        string Value(string iri) => manifest.Objects(entry, new Iri(iri)).Select(t => (t as Iri)?.Value ?? (t as Literal)?.Value).FirstOrDefault() ?? string.Empty;
        string File(string iri) => iri.StartsWith(baseIri, StringComparison.Ordinal) ? iri[baseIri.Length..] : iri;

        string kind = Value(RdfSyntax.Type);
        string action = Value(Manifest + "action");
        return new W3cCase(((Iri)entry).Value.Split('#')[1], kind[(kind.IndexOf('#', StringComparison.Ordinal) + 1)..], folder, File(action), File(Value(Manifest + "result")), action);
    }
}
