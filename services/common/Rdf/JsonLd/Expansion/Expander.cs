namespace Ecosystem.Rdf.JsonLd;

/// <summary>Brings a document into the form in which every name is an IRI and every value says what it is (JSON-LD 1.1 API, section 5.1.2).</summary>
internal sealed partial class Expander(JsonLdRun run, ContextProcessor contexts)
{
    /// <summary>
    /// The nodes of a document. Where <paramref name="onFault"/> is given, a broken node at the top (of the document, or of its only
    /// <c>@graph</c>) is told to it and left out.
    /// </summary>
    public JsonArray Document(JsonItem root, Action<JsonItem, RdfSyntaxException>? onFault)
    {
        var active = new ActiveContext(run.Limits.BaseIri);
        if (run.Options.InitialContext is { } context)
        {
            active = contexts.Process(active, new JsonText(context, 0));
        }

        _onFault = onFault;
        JsonItem? expanded = root is JsonArray top ? Records(active, property: null, top) : Expand(active, property: null, root, isTop: true);
        if (expanded is JsonMap { Count: 1 } map && map[Keywords.Graph] is { } graph)
        {
            expanded = graph;
        }

        return expanded is null ? new JsonArray(root.Offset) : AsArray(expanded);
    }

    private Action<JsonItem, RdfSyntaxException>? _onFault;

    private JsonItem? Expand(ActiveContext active, string? property, JsonItem element, bool fromMap = false, bool isTop = false)
    {
        TermDefinition? term = property is null ? null : active[property];
        switch (element)
        {
            case JsonNull:
                return null;
            case JsonArray array:
                return ExpandArray(active, property, term, array, fromMap);
            case JsonMap map:
                return ExpandMap(active, property, term, map, fromMap, isTop);
            default:
                if (property is null or Keywords.Graph)
                {
                    return null;
                }

                return ExpandValue(term?.Context is null ? active : contexts.ProcessScoped(active, term), property, element);
        }
    }

    private JsonArray ExpandArray(ActiveContext active, string? property, TermDefinition? term, JsonArray array, bool fromMap)
    {
        var result = new JsonArray(array.Offset);
        bool isList = term?.Containers.HasFlag(Containers.List) == true;
        foreach (JsonItem item in array)
        {
            JsonItem? expanded = Expand(active, property, item, fromMap);
            if (isList && run.IsVersion10 && (expanded is JsonArray || (expanded is JsonMap map && map.Has(Keywords.List))))
            {
                throw run.Fault("list of lists", item, "JSON-LD 1.0 has no lists of lists.");
            }

            if (isList && expanded is JsonArray inner)
            {
                expanded = new JsonMap(inner.Offset) { [Keywords.List] = inner };
            }

            if (expanded is not null)
            {
                result.AddFlat(expanded);
            }
        }

        return result;
    }

    /// <summary>The nodes at the top stand alone: the fault of one does not touch the others.</summary>
    private JsonArray Records(ActiveContext active, string? property, JsonArray records)
    {
        var result = new JsonArray(records.Offset);
        foreach (JsonItem record in records)
        {
            try
            {
                if (Expand(active, property, record) is { } expanded)
                {
                    result.AddFlat(expanded);
                }
            }
            catch (RdfSyntaxException fault) when (_onFault is not null && fault.Code != "context overflow")
            {
                _onFault(record, fault);
            }
        }

        return result;
    }

    /// <summary>A text, number or truth value where a term expects one (section 5.3.2).</summary>
    private JsonMap ExpandValue(ActiveContext active, string property, JsonItem value)
    {
        TermDefinition? term = active[property];
        if (term?.Type is Keywords.Id or Keywords.Vocab && value is JsonText { Value: var reference })
        {
            string? iri = contexts.ExpandIri(active, reference, documentRelative: true, vocabulary: term.Type == Keywords.Vocab);
            return new JsonMap(value.Offset) { [Keywords.Id] = iri is null ? new JsonNull(value.Offset) : new JsonText(iri, value.Offset) };
        }

        var result = new JsonMap(value.Offset) { [Keywords.Value] = value };
        if (term?.Type is { } type and not (Keywords.Id or Keywords.Vocab or Keywords.None))
        {
            result[Keywords.Type] = new JsonText(type, value.Offset);
        }
        else if (value is JsonText)
        {
            AddWording(result, term, active);
        }

        return result;
    }

    private static void AddWording(JsonMap result, TermDefinition? term, ActiveContext active)
    {
        if ((term is { Language.IsStated: true } ? term.Language.Value : active.Language) is { } language)
        {
            result[Keywords.Language] = new JsonText(language, result.Offset);
        }

        AddDirection(result, term, active);
    }

    private static void AddDirection(JsonMap result, TermDefinition? term, ActiveContext active)
    {
        if ((term is { Direction.IsStated: true } ? term.Direction.Value : active.Direction) is { } direction)
        {
            result[Keywords.Direction] = new JsonText(direction, result.Offset);
        }
    }

    private static JsonArray AsArray(JsonItem item) => item as JsonArray ?? new JsonArray(item.Offset, [item]);
}
