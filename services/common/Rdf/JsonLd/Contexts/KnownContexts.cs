namespace Ecosystem.Rdf.JsonLd;

/// <summary>The contexts that the caller has given; there are no others, because nothing is fetched.</summary>
internal sealed class KnownContexts(JsonLdRun run)
{
    private readonly Dictionary<string, JsonItem> _read = [];

    public string Resolve(JsonText name, string? baseIri)
    {
        string iri = baseIri is null ? name.Value : IriReference.Resolve(baseIri, name.Value);
        return IriReference.HasScheme(iri)
            ? iri
            : throw run.Fault("loading remote context failed", name, $"The context '{name.Value}' is relative, and there is no base IRI.");
    }

    public JsonItem Find(string iri, JsonText name)
    {
        if (_read.TryGetValue(iri, out JsonItem? known))
        {
            return known;
        }

        if (!run.Options.Contexts.TryGetValue(iri, out string? document))
        {
            throw run.Fault(
                "loading remote context failed",
                name,
                $"The context <{iri}> is outside the document and is not fetched; write it into the document, or use one that is known here.");
        }

        JsonItem root = JsonTree.Parse(new JsonSource(document), run.Limits, new JsonMention(run.Source, name.Offset));
        return _read[iri] = (root as JsonMap)?[Keywords.Context]
            ?? throw run.Fault("invalid remote context", name, $"The document <{iri}> holds no @context.");
    }
}
