namespace Ecosystem.Rdf.JsonLd;

/// <summary>Entries that are properties, with their containers (JSON-LD 1.1 API, section 5.1.2, steps 13.5 to 13.14).</summary>
internal sealed partial class Expander
{
    private void ExpandProperty(ExpandedNode node, string key, string property, JsonItem value)
    {
        TermDefinition? term = node.Active[key];
        Containers containers = term?.Containers ?? Containers.None;
        JsonItem? expanded = (term, value) switch
        {
            ({ Type: Keywords.Json }, _) => new JsonMap(value.Offset)
            {
                [Keywords.Value] = value, [Keywords.Type] = new JsonText(Keywords.Json, value.Offset),
            },
            ({ } t, JsonMap map) when containers.HasFlag(Containers.Language) => LanguageMap(node.Active, t, map),
            ({ } t, JsonMap map) when (containers & (Containers.Index | Containers.Type | Containers.Id)) != Containers.None => IndexMap(node.Active, key, t, map),
            _ => Expand(node.Active, key, value),
        };
        if (expanded is null)
        {
            return;
        }

        if (containers.HasFlag(Containers.List) && !(expanded is JsonMap list && list.Has(Keywords.List)))
        {
            expanded = new JsonMap(value.Offset) { [Keywords.List] = AsArray(expanded) };
        }

        if (containers.HasFlag(Containers.Graph) && (containers & (Containers.Id | Containers.Index)) == Containers.None)
        {
            expanded = new JsonArray(value.Offset, expanded.AsList().Select(InGraph));
        }

        if (term is { IsReverse: true })
        {
            AddReverse(node, property, expanded);
        }
        else
        {
            node.Result.Append(property, expanded);
        }
    }

    private JsonArray LanguageMap(ActiveContext active, TermDefinition term, JsonMap map)
    {
        var values = new JsonArray(map.Offset);
        foreach ((string language, JsonItem texts) in map)
        {
            foreach (JsonItem text in texts.AsList())
            {
                if (text is JsonNull)
                {
                    continue;
                }

                if (text is not JsonText)
                {
                    throw run.Fault("invalid language map value", text, "A map by language holds texts.");
                }

                var value = new JsonMap(text.Offset) { [Keywords.Value] = text };
                if (contexts.ExpandIri(active, language, vocabulary: true) != Keywords.None)
                {
                    value[Keywords.Language] = new JsonText(language, text.Offset);
                }

                AddDirection(value, term, active);
                values.Add(value);
            }
        }

        return values;
    }

    private JsonArray IndexMap(ActiveContext active, string key, TermDefinition term, JsonMap map)
    {
        var values = new JsonArray(map.Offset);
        foreach ((string index, JsonItem members) in map)
        {
            ActiveContext inside = ContextOfMember(active, term, index);
            bool isNone = contexts.ExpandIri(active, index, vocabulary: true) == Keywords.None;
            foreach (JsonItem member in Expand(inside, key, AsArray(members), fromMap: true)!.AsList())
            {
                JsonMap item = term.Containers.HasFlag(Containers.Graph) && !IsGraph(member) ? InGraph(member) : (JsonMap)member;
                if (!isNone)
                {
                    KeepIndex(active, term, index, item);
                }

                values.Add(item);
            }
        }

        return values;
    }

    private ActiveContext ContextOfMember(ActiveContext active, TermDefinition term, string index)
    {
        if ((term.Containers & (Containers.Id | Containers.Type)) == Containers.None)
        {
            return active;
        }

        ActiveContext outside = active.Previous ?? active;
        return term.Containers.HasFlag(Containers.Type) && outside[index] is { Context: not null } type
            ? contexts.ProcessScoped(outside, type, propagate: false)
            : outside;
    }

    /// <summary>The key of a map is part of what its members say.</summary>
    private void KeepIndex(ActiveContext active, TermDefinition term, string index, JsonMap item)
    {
        if (term.Containers.HasFlag(Containers.Index) && term.Index is { } name)
        {
            if (contexts.ExpandIri(active, name, vocabulary: true) is not { } property)
            {
                return;
            }

            var values = new JsonArray(item.Offset, [ExpandValue(active, name, new JsonText(index, item.Offset))]);
            if (item[property] is { } known)
            {
                values.AddFlat(known);
            }

            item[property] = values;
            if (item.Has(Keywords.Value))
            {
                throw run.Fault("invalid value object", item, "A value has no property that could hold the key of the map.");
            }
        }
        else if (term.Containers.HasFlag(Containers.Index) && !item.Has(Keywords.Index))
        {
            item[Keywords.Index] = new JsonText(index, item.Offset);
        }
        else if (term.Containers.HasFlag(Containers.Id) && !item.Has(Keywords.Id))
        {
            if (contexts.ExpandIri(active, index, documentRelative: true) is { } iri)
            {
                item[Keywords.Id] = new JsonText(iri, item.Offset);
            }
        }
        else if (term.Containers.HasFlag(Containers.Type) && contexts.ExpandIri(active, index, documentRelative: true, vocabulary: true) is { } type)
        {
            var types = new JsonArray(item.Offset, [new JsonText(type, item.Offset)]);
            types.AddFlat(item[Keywords.Type] ?? new JsonArray(item.Offset));
            item[Keywords.Type] = types;
        }
    }

    private static bool IsGraph(JsonItem item) =>
        item is JsonMap map && map.Has(Keywords.Graph) && map.Keys.All(k => k is Keywords.Graph or Keywords.Id or Keywords.Index);

    private static JsonMap InGraph(JsonItem item) => new(item.Offset) { [Keywords.Graph] = AsArray(item) };
}
