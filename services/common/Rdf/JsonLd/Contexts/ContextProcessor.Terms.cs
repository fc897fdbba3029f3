namespace Ecosystem.Rdf.JsonLd;

/// <summary>Definitions of terms (JSON-LD 1.1 API, section 4.2.2).</summary>
internal sealed partial class ContextProcessor
{
    private static readonly HashSet<string> OfDefinitions =
    [
        Keywords.Id, Keywords.Reverse, Keywords.Container, Keywords.Context, Keywords.Direction, Keywords.Index, Keywords.Language,
        Keywords.Nest, Keywords.Prefix, Keywords.Protected, Keywords.Type,
    ];

    private void Define(ActiveContext active, LocalContext local, string term)
    {
        JsonItem value = local.Local[term]!;
        if (local.Progress.TryGetValue(term, out bool done))
        {
            if (!done)
            {
                throw run.Fault("cyclic IRI mapping", value, $"The term '{term}' is defined by itself.");
            }

            return;
        }

        run.SpendDefinitions(1, value);
        local.Progress[term] = false;
        RefuseName(term, value);
        if (Keywords.LooksLike(term) && term != Keywords.Type)
        {
            return;
        }

        TermDefinition? previous = active[term];
        active.Forget(term);
        JsonMap described = value as JsonMap ?? new JsonMap(value.Offset) { [Keywords.Id] = value };
        if (value is not (JsonMap or JsonText or JsonNull))
        {
            throw run.Fault("invalid term definition", value, $"The term '{term}' must be defined by an IRI, an object or null.");
        }

        if (Describe(active, local, term, described, isSimple: value is JsonText) is { } definition)
        {
            active.Define(term, Protect(term, definition, previous, local, value));
        }

        local.Progress[term] = true;
    }

    private void RefuseName(string term, JsonItem value)
    {
        if (term.Length == 0)
        {
            throw run.Fault("invalid term definition", value, "A term cannot be empty.");
        }

        bool mayBeSet = term == Keywords.Type && !run.IsVersion10 && value is JsonMap { Count: > 0 } map
            && map.All(e => e is { Key: Keywords.Protected } or { Key: Keywords.Container, Value: JsonText { Value: Keywords.Set } });
        if (Keywords.Is(term) && !mayBeSet)
        {
            throw run.Fault("keyword redefinition", value, $"The keyword {term} cannot be given another meaning.");
        }
    }

    /// <summary>A protected term keeps its meaning, unless a property's own context takes its place.</summary>
    private TermDefinition Protect(string term, TermDefinition definition, TermDefinition? previous, LocalContext local, JsonItem value)
    {
        if (previous is not { IsProtected: true } || local.Circumstances.OverrideProtected)
        {
            return definition;
        }

        return previous.SaysTheSameAs(definition)
            ? previous
            : throw run.Fault("protected term redefinition", value, $"The term '{term}' is protected and cannot be given another meaning.");
    }

    /// <returns>Null when the term is to be ignored, because it looks like a keyword to come.</returns>
    private TermDefinition? Describe(ActiveContext active, LocalContext local, string term, JsonMap value, bool isSimple)
    {
        bool isProtected = local.IsProtected;
        if (value[Keywords.Protected] is { } stated)
        {
            run.Require11("invalid term definition", stated, "@protected");
            isProtected = Flag(stated, Keywords.Protected);
        }

        var definition = new TermDefinition { IsProtected = isProtected, Type = TypeOf(active, local, term, value) };
        if (value[Keywords.Reverse] is { } reverse)
        {
            return Reversed(active, local, value, reverse, definition);
        }

        if (!TryIriOf(active, local, term, value, isSimple, ref definition))
        {
            return null;
        }

        definition = Arranged(definition, value);
        definition = Scoped(active, local, definition, value);
        definition = Worded(definition, value);
        definition = Nested(definition, value);
        definition = Prefixing(definition, term, value);
        return value.Keys.FirstOrDefault(k => !OfDefinitions.Contains(k)) is { } unknown
            ? throw run.Fault("invalid term definition", value[unknown]!, $"A term has no entry '{unknown}'.")
            : definition;
    }

    private string? TypeOf(ActiveContext active, LocalContext local, string term, JsonMap value)
    {
        if (value[Keywords.Type] is not { } type)
        {
            return null;
        }

        string? expanded = type is JsonText { Value: var name }
            ? ExpandIri(active, name, documentRelative: false, vocabulary: true, local)
            : throw run.Fault("invalid type mapping", type, $"The type of '{term}' must be an IRI, @id, @vocab, @json or @none.");
        if (expanded is Keywords.Json or Keywords.None)
        {
            run.Require11("invalid type mapping", type, expanded);
        }

        return expanded is Keywords.Id or Keywords.Vocab or Keywords.Json or Keywords.None || (expanded is not null && IriReference.HasScheme(expanded))
            ? expanded
            : throw run.Fault("invalid type mapping", type, $"The type of '{term}', '{name}', is not an IRI.");
    }

    private TermDefinition? Reversed(ActiveContext active, LocalContext local, JsonMap value, JsonItem reverse, TermDefinition definition)
    {
        if (value.Has(Keywords.Id) || value.Has(Keywords.Nest))
        {
            throw run.Fault("invalid reverse property", reverse, "A reverse property has neither @id nor @nest.");
        }

        if (reverse is not JsonText { Value: var name })
        {
            throw run.Fault("invalid IRI mapping", reverse, "@reverse must name a property.");
        }

        if (Keywords.LooksLike(name))
        {
            return null;
        }

        string? iri = ExpandIri(active, name, documentRelative: false, vocabulary: true, local);
        if (iri is null || !IsIriOrBlank(iri))
        {
            throw run.Fault("invalid IRI mapping", reverse, $"@reverse '{name}' does not lead to an IRI.");
        }

        Containers containers = value[Keywords.Container] switch
        {
            null or JsonNull => Containers.None,
            JsonText { Value: Keywords.Set } => Containers.Set,
            JsonText { Value: Keywords.Index } => Containers.Index,
            { } other => throw run.Fault("invalid reverse property", other, "A reverse property may only be arranged as @set or @index."),
        };
        return definition with { Iri = iri, IsReverse = true, Containers = containers };
    }
}
