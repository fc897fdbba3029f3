using System.Buffers;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>The IRI of a term (JSON-LD 1.1 API, section 4.2.2, steps 14 to 18).</summary>
internal sealed partial class ContextProcessor
{
    /// <summary>After one of these (RFC 3986, gen-delims) a simple term may be the first half of names.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(":/?#[]@");

    private bool TryIriOf(ActiveContext active, LocalContext local, string term, JsonMap value, bool isSimple, ref TermDefinition definition)
    {
        if (value[Keywords.Id] is { } id && (id as JsonText)?.Value != term)
        {
            return id is JsonNull || TryStated(active, local, term, id, isSimple, ref definition);
        }

        definition = definition with { Iri = Implied(active, local, term, value) };
        return true;
    }

    private bool TryStated(ActiveContext active, LocalContext local, string term, JsonItem id, bool isSimple, ref TermDefinition definition)
    {
        if (id is not JsonText { Value: var name })
        {
            throw run.Fault("invalid IRI mapping", id, $"The @id of '{term}' must be text.");
        }

        if (!Keywords.Is(name) && Keywords.LooksLike(name))
        {
            return false;
        }

        string? iri = ExpandIri(active, name, documentRelative: false, vocabulary: true, local);
        if (iri is null || !(Keywords.Is(iri) || IsIriOrBlank(iri)))
        {
            throw run.Fault("invalid IRI mapping", id, $"The @id of '{term}', '{name}', does not lead to an IRI.");
        }

        if (iri == Keywords.Context)
        {
            throw run.Fault("invalid keyword alias", id, "@context cannot have another name.");
        }

        bool looksCompact = term.AsSpan(1).TrimEnd(':').Contains(':') && term.IndexOf(':', 1) < term.Length - 1;
        if (!run.IsVersion10 && (looksCompact || term.Contains('/', StringComparison.Ordinal)))
        {
            // The term reads as an IRI itself; two readings must not differ.
            local.Progress[term] = true;
            if (ExpandIri(active, term, documentRelative: false, vocabulary: true, local) != iri)
            {
                throw run.Fault("invalid IRI mapping", id, $"The term '{term}' reads as another IRI than the one it is given.");
            }
        }

        // In JSON-LD 1.0 every term could be the first half of a name.
        bool isPrefix = run.IsVersion10 || (isSimple && !term.AsSpan().ContainsAny(':', '/')
            && (iri.StartsWith("_:", StringComparison.Ordinal) || (iri.Length > 0 && Delimiters.Contains(iri[^1]))));
        definition = definition with { Iri = iri, IsPrefix = isPrefix };
        return true;
    }

    private string Implied(ActiveContext active, LocalContext local, string term, JsonMap value)
    {
        int colon = term.IndexOf(':', 1);
        if (colon > 0)
        {
            string prefix = term[..colon];
            DefineFirst(active, local, prefix);
            return active[prefix]?.Iri is { } space ? space + term[(colon + 1)..] : term;
        }

        if (term.Contains('/', StringComparison.Ordinal))
        {
            return ExpandIri(active, term, documentRelative: false, vocabulary: true) is { } iri && IriReference.HasScheme(iri)
                ? iri
                : throw run.Fault("invalid IRI mapping", value, $"The term '{term}' does not lead to an IRI.");
        }

        if (term == Keywords.Type)
        {
            return Keywords.Type;
        }

        return active.Vocabulary is { } vocabulary
            ? vocabulary + term
            : throw run.Fault("invalid IRI mapping", value, $"The term '{term}' has no @id, and there is no @vocab to complete it.");
    }
}
