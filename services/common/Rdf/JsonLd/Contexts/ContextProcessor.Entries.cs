namespace Ecosystem.Rdf.JsonLd;

/// <summary>The entries of a context that are not terms.</summary>
internal sealed partial class ContextProcessor
{
    private static readonly HashSet<string> OfContexts =
    [
        Keywords.Base, Keywords.Direction, Keywords.Import, Keywords.Language, Keywords.Propagate, Keywords.Protected, Keywords.Version, Keywords.Vocab,
    ];

    private void CheckVersion(JsonMap context)
    {
        if (context[Keywords.Version] is not { } version)
        {
            return;
        }

        if (version is not JsonNumber { Lexical: "1.1" })
        {
            throw run.Fault("invalid @version value", version, "@version must be the number 1.1.");
        }

        run.Require11("processing mode conflict", version, "@version 1.1");
    }

    /// <summary>What is imported counts as written before the entries of the context that imports it.</summary>
    private JsonMap WithImport(JsonMap context, string? baseIri)
    {
        if (context[Keywords.Import] is not { } import)
        {
            return context;
        }

        run.Require11("invalid context entry", import, "@import");
        if (import is not JsonText name)
        {
            throw run.Fault("invalid @import value", import, "@import must be the IRI of a context.");
        }

        if (known.Find(known.Resolve(name, baseIri), name) is not JsonMap imported)
        {
            throw run.Fault("invalid remote context", import, "@import must name a document with a single context.");
        }

        if (imported.Has(Keywords.Import))
        {
            throw run.Fault("invalid context entry", import, "A context that is imported cannot import another.");
        }

        var merged = new JsonMap(context.Offset);
        foreach ((string key, JsonItem value) in imported.Concat(context.Where(e => e.Key != Keywords.Import)))
        {
            merged[key] = value;
        }

        return merged;
    }

    private void SetBase(ActiveContext result, JsonMap context)
    {
        result.Base = context[Keywords.Base] switch
        {
            null => result.Base,
            JsonNull => null,
            JsonText { Value: var iri } when IriReference.HasScheme(iri) => iri,
            JsonText { Value: var relative } when result.Base is not null => IriReference.Resolve(result.Base, relative),
            { } other => throw run.Fault("invalid base IRI", other, "@base must be an IRI, or null; a relative one needs a base of the document."),
        };
    }

    private void SetVocabulary(ActiveContext result, JsonMap context)
    {
        switch (context[Keywords.Vocab])
        {
            case null:
                break;
            case JsonNull:
                result.Vocabulary = null;
                break;
            case JsonText { Value: var iri } text when !run.IsVersion10 || IsIriOrBlank(iri):
                string? expanded = ExpandIri(result, iri, documentRelative: true, vocabulary: true);
                result.Vocabulary = expanded is not null && (IsIriOrBlank(expanded) || result.Base is null || expanded.Length == 0)
                    ? expanded
                    : throw run.Fault("invalid vocab mapping", text, $"@vocab '{iri}' does not lead to an IRI.");
                break;
            case { } other:
                throw run.Fault("invalid vocab mapping", other, "@vocab must be an IRI, or null.");
        }
    }

    private void SetLanguage(ActiveContext result, JsonMap context)
    {
        result.Language = context[Keywords.Language] switch
        {
            null => result.Language,
            JsonNull => null,
            JsonText { Value: var language } => language,
            { } other => throw run.Fault("invalid default language", other, "@language must be a language tag, or null."),
        };
    }

    private void SetDirection(ActiveContext result, JsonMap context)
    {
        if (context[Keywords.Direction] is { } direction)
        {
            run.Require11("invalid context entry", direction, "@direction");
            result.Direction = Direction(direction);
        }
    }

    /// <summary>The direction of a text; null for none.</summary>
    public string? Direction(JsonItem direction) => direction switch
    {
        JsonNull => null,
        JsonText { Value: "ltr" or "rtl" } text => text.Value,
        _ => throw run.Fault("invalid base direction", direction, "@direction must be \"ltr\", \"rtl\" or null."),
    };

    private bool Flag(JsonItem value, string keyword) => value is JsonFlag flag
        ? flag.Value
        : throw run.Fault($"invalid {keyword} value", value, $"{keyword} must be true or false.");
}
