namespace Ecosystem.Rdf.JsonLd;

/// <summary>The other entries of a term's definition (JSON-LD 1.1 API, section 4.2.2, steps 19 to 26).</summary>
internal sealed partial class ContextProcessor
{
    private TermDefinition Arranged(TermDefinition definition, JsonMap value)
    {
        Containers containers = value[Keywords.Container] is { } stated ? ContainersOf(stated) : Containers.None;
        definition = definition with { Containers = containers };
        if (containers.HasFlag(Containers.Type))
        {
            definition = definition with { Type = definition.Type ?? Keywords.Id };
            if (definition.Type is not (Keywords.Id or Keywords.Vocab))
            {
                throw run.Fault("invalid type mapping", value, "Where values are arranged by type, their own type must be @id or @vocab.");
            }
        }

        if (value[Keywords.Index] is not { } index)
        {
            return definition;
        }

        run.Require11("invalid term definition", index, "@index in a term");
        return containers.HasFlag(Containers.Index) && index is JsonText { Value: var name } && !Keywords.Is(name)
            ? definition with { Index = name }
            : throw run.Fault("invalid term definition", index, "@index names a property and needs the container @index.");
    }

    private Containers ContainersOf(JsonItem stated)
    {
        Containers all = Containers.None;
        foreach (JsonItem item in stated.AsList())
        {
            all |= (item as JsonText)?.Value switch
            {
                Keywords.Graph => Containers.Graph,
                Keywords.Id => Containers.Id,
                Keywords.Index => Containers.Index,
                Keywords.Language => Containers.Language,
                Keywords.List => Containers.List,
                Keywords.Set => Containers.Set,
                Keywords.Type => Containers.Type,
                _ => throw run.Fault("invalid container mapping", item, "@container is one of @graph, @id, @index, @language, @list, @set and @type."),
            };
        }

        Containers withoutSet = all & ~Containers.Set;
        bool allowed = withoutSet is Containers.Graph or Containers.Id or Containers.Index or Containers.Language or Containers.Type or Containers.None
            || all is Containers.List or (Containers.Graph | Containers.Id) or (Containers.Graph | Containers.Id | Containers.Set)
                or (Containers.Graph | Containers.Index) or (Containers.Graph | Containers.Index | Containers.Set);
        bool allowedIn10 = stated is JsonText && !all.HasFlag(Containers.Graph) && !all.HasFlag(Containers.Id) && !all.HasFlag(Containers.Type);
        return allowed && all != Containers.None && (!run.IsVersion10 || allowedIn10)
            ? all
            : throw run.Fault("invalid container mapping", stated, "These containers cannot be combined.");
    }

    private TermDefinition Scoped(ActiveContext active, LocalContext local, TermDefinition definition, JsonMap value)
    {
        if (value[Keywords.Context] is not { } context)
        {
            return definition;
        }

        run.Require11("invalid term definition", context, "@context in a term");
        try
        {
            // Only to learn whether it is valid: what it means is known where it is used.
            Process(active, context, local.BaseIri, local.Circumstances with { OverrideProtected = true, Propagate = true, ValidateScoped = false });
        }
        catch (RdfSyntaxException invalid) when (invalid.Code is not "context overflow")
        {
            throw new RdfSyntaxException(invalid.Sentence, invalid.Line, invalid.Column) { Code = "invalid scoped context" };
        }

        return definition with { Context = context, ContextBase = local.BaseIri };
    }

    private TermDefinition Worded(TermDefinition definition, JsonMap value)
    {
        if (value[Keywords.Language] is { } language && !value.Has(Keywords.Type))
        {
            definition = definition with
            {
                Language = language switch
                {
                    JsonNull => new Stated<string?>(IsStated: true, Value: null),
                    JsonText { Value: var tag } => new Stated<string?>(IsStated: true, tag),
                    _ => throw run.Fault("invalid language mapping", language, "@language must be a language tag, or null."),
                },
            };
        }

        return value[Keywords.Direction] is { } direction && !value.Has(Keywords.Type)
            ? definition with { Direction = new Stated<string?>(IsStated: true, Direction(direction)) }
            : definition;
    }

    private TermDefinition Nested(TermDefinition definition, JsonMap value)
    {
        if (value[Keywords.Nest] is not { } nest)
        {
            return definition;
        }

        run.Require11("invalid term definition", nest, "@nest");
        return nest is JsonText { Value: var name } && (name == Keywords.Nest || !Keywords.Is(name))
            ? definition with { Nest = name }
            : throw run.Fault("invalid @nest value", nest, "@nest must be a term, or @nest itself.");
    }

    private TermDefinition Prefixing(TermDefinition definition, string term, JsonMap value)
    {
        if (value[Keywords.Prefix] is not { } prefix)
        {
            return definition;
        }

        if (run.IsVersion10 || term.AsSpan().ContainsAny(':', '/'))
        {
            throw run.Fault("invalid term definition", prefix, $"The term '{term}' cannot be a prefix.");
        }

        bool isPrefix = Flag(prefix, Keywords.Prefix);
        return !isPrefix || definition.Iri is null || !Keywords.Is(definition.Iri)
            ? definition with { IsPrefix = isPrefix }
            : throw run.Fault("invalid term definition", prefix, $"{definition.Iri} cannot be a prefix.");
    }
}
