namespace Ecosystem.Rdf.JsonLd;

/// <summary>Objects (JSON-LD 1.1 API, section 5.1.2, steps 7 to 19).</summary>
internal sealed partial class Expander
{
    private JsonItem? ExpandMap(ActiveContext active, string? property, TermDefinition? term, JsonMap map, bool fromMap, bool isTop)
    {
        if (active.Previous is { } previous && !fromMap && !HoldsOnlyForThisNode(active, map))
        {
            active = previous;
        }

        if (term?.Context is not null)
        {
            active = contexts.ProcessScoped(active, term, overrideProtected: true);
        }

        if (map[Keywords.Context] is { } local)
        {
            active = contexts.Process(active, local);
        }

        ActiveContext beforeTypes = active;
        string? inputType = null;
        foreach ((string key, JsonItem value) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (contexts.ExpandIri(active, key, vocabulary: true) == Keywords.Type)
            {
                inputType ??= value.AsList() is [.., JsonText { Value: var last }]
                    ? contexts.ExpandIri(active, last, documentRelative: true, vocabulary: true)
                    : null;
                foreach (string name in value.AsList().OfType<JsonText>().Select(t => t.Value).Order(StringComparer.Ordinal))
                {
                    if (beforeTypes[name] is { Context: not null } type)
                    {
                        active = contexts.ProcessScoped(active, type, propagate: false);
                    }
                }
            }
        }

        var node = new ExpandedNode(new JsonMap(map.Offset), active, beforeTypes, property, inputType == Keywords.Json, isTop);
        ExpandEntries(node, map);
        return Finish(node, property);
    }

    private bool HoldsOnlyForThisNode(ActiveContext active, JsonMap map) =>
        map.Keys.Any(k => contexts.ExpandIri(active, k, vocabulary: true) == Keywords.Value)
        || (map.Count == 1 && contexts.ExpandIri(active, map.Keys.First(), vocabulary: true) == Keywords.Id);

    private void ExpandEntries(ExpandedNode node, JsonMap element)
    {
        List<string>? nests = null;
        foreach ((string key, JsonItem value) in element)
        {
            if (key == Keywords.Context)
            {
                continue;
            }

            string? expanded = contexts.ExpandIri(node.Active, key, vocabulary: true);
            if (expanded == Keywords.Nest)
            {
                (nests ??= []).Add(key);
            }
            else if (expanded is not null && Keywords.Is(expanded))
            {
                ExpandKeyword(node, expanded, value);
            }
            else if (expanded?.Contains(':', StringComparison.Ordinal) == true)
            {
                ExpandProperty(node, key, expanded, value);
            }
        }

        foreach (string key in nests ?? [])
        {
            ExpandNest(node, key, element[key]!);
        }
    }

    /// <summary>What is nested belongs to the node around it.</summary>
    private void ExpandNest(ExpandedNode node, string key, JsonItem nest)
    {
        run.Require11("invalid @nest value", nest, "@nest");
        TermDefinition? term = node.Active[key];
        ExpandedNode inside = term?.Context is null ? node : node with { Active = contexts.ProcessScoped(node.Active, term, overrideProtected: true) };
        foreach (JsonItem nested in nest.AsList())
        {
            if (nested is not JsonMap map || map.Keys.Any(k => contexts.ExpandIri(inside.Active, k, vocabulary: true) == Keywords.Value))
            {
                throw run.Fault("invalid @nest value", nested, "What is nested must be an object, and no value.");
            }

            ExpandEntries(inside, map);
        }
    }

    private JsonItem? Finish(ExpandedNode node, string? property)
    {
        JsonMap result = node.Result;
        if (result.Has(Keywords.Value))
        {
            if (!CheckValue(result))
            {
                return null;
            }
        }
        else if (result[Keywords.Type] is { } type)
        {
            result[Keywords.Type] = AsArray(type);
        }
        else if (result.Has(Keywords.Set) || result.Has(Keywords.List))
        {
            if (result.Count > (result.Has(Keywords.Index) ? 2 : 1))
            {
                throw run.Fault("invalid set or list object", result, "Beside @set or @list only @index may stand.");
            }

            if (result[Keywords.Set] is { } set)
            {
                return set;
            }
        }

        if (result.Count == 1 && result.Has(Keywords.Language))
        {
            return null;
        }

        // Values and bare references that hang on nothing say nothing.
        bool isFree = property is null or Keywords.Graph
            && (result.Count == 0 || result.Has(Keywords.Value) || result.Has(Keywords.List) || (result.Count == 1 && result.Has(Keywords.Id)));
        return isFree ? null : result;
    }

    /// <returns>False when the value is null, so that nothing is said.</returns>
    private bool CheckValue(JsonMap result)
    {
        bool hasWording = result.Has(Keywords.Language) || result.Has(Keywords.Direction);
        if (result.Keys.Any(k => k is not (Keywords.Direction or Keywords.Index or Keywords.Language or Keywords.Type or Keywords.Value))
            || (hasWording && result.Has(Keywords.Type)))
        {
            throw run.Fault("invalid value object", result, "Beside @value only @index and either @type or @language and @direction may stand.");
        }

        JsonItem value = result[Keywords.Value]!;
        if (result[Keywords.Type] is { } type)
        {
            if (type.AsList().Any(t => t is JsonText { Value: Keywords.Json }))
            {
                return true;
            }

            if (value is not JsonNull && (type is not JsonText { Value: var iri } || !Literals.IsWellFormed(iri)))
            {
                throw run.Fault("invalid typed value", type, "The type of a value must be one IRI.");
            }
        }

        if (value is not (JsonNull or JsonText) && result.Has(Keywords.Language))
        {
            throw run.Fault("invalid language-tagged value", value, "Only text has a language.");
        }

        return value is not JsonNull;
    }
}

/// <summary>A node on its way.</summary>
/// <param name="Result">What is known of it.</param>
/// <param name="Active">What names mean in it.</param>
/// <param name="BeforeTypes">What names meant before its types were looked at.</param>
/// <param name="Property">The property whose value it is.</param>
/// <param name="IsJson">Whether it is a value of type <c>@json</c>.</param>
/// <param name="IsTop">Whether it is the document, so that the nodes of its graph are records of their own.</param>
internal sealed record ExpandedNode(JsonMap Result, ActiveContext Active, ActiveContext BeforeTypes, string? Property, bool IsJson, bool IsTop);
