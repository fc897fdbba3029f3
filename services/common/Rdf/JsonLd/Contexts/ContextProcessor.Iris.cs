namespace Ecosystem.Rdf.JsonLd;

/// <summary>What a name stands for (JSON-LD 1.1 API, section 5.2).</summary>
internal sealed partial class ContextProcessor
{
    /// <param name="active">The context.</param>
    /// <param name="value">A keyword, term, compact IRI, blank node label or reference.</param>
    /// <param name="documentRelative">Whether it may be relative to the base.</param>
    /// <param name="vocabulary">Whether it may be a term or relative to the vocabulary.</param>
    /// <returns>A keyword, an IRI, a blank node label, or what could not be made one; null when it is to be ignored.</returns>
    public string? ExpandIri(ActiveContext active, string value, bool documentRelative = false, bool vocabulary = false) =>
        ExpandIri(active, value, documentRelative, vocabulary, local: null);

    public static bool IsIriOrBlank(string text) => text.StartsWith("_:", StringComparison.Ordinal) || IriReference.HasScheme(text);

    private string? ExpandIri(ActiveContext active, string value, bool documentRelative, bool vocabulary, LocalContext? local)
    {
        if (Keywords.Is(value))
        {
            return value;
        }

        if (Keywords.LooksLike(value))
        {
            return null;
        }

        DefineFirst(active, local, value);
        if (active[value] is { } term && (vocabulary || (term.Iri is not null && Keywords.Is(term.Iri))))
        {
            return term.Iri;
        }

        int colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            string prefix = value[..colon];
            string suffix = value[(colon + 1)..];
            if (prefix == "_" || suffix.StartsWith("//", StringComparison.Ordinal))
            {
                return value;
            }

            DefineFirst(active, local, prefix);
            if (active[prefix] is { Iri: { } space, IsPrefix: true })
            {
                return space + suffix;
            }

            if (IriReference.HasScheme(value))
            {
                return value;
            }
        }

        if (vocabulary && active.Vocabulary is not null)
        {
            return active.Vocabulary + value;
        }

        return documentRelative && active.Base is not null ? IriReference.Resolve(active.Base, value) : value;
    }

    private void DefineFirst(ActiveContext active, LocalContext? local, string term)
    {
        if (local is not null && local.Local.Has(term) && !OfContexts.Contains(term) && !local.Progress.GetValueOrDefault(term))
        {
            Define(active, local, term);
        }
    }
}
