namespace Ecosystem.Rdf.JsonLd;

/// <summary>Entries that are keywords (JSON-LD 1.1 API, section 5.1.2, step 13.4).</summary>
internal sealed partial class Expander
{
    private void ExpandKeyword(ExpandedNode node, string keyword, JsonItem value)
    {
        JsonMap result = node.Result;
        if (node.Property == Keywords.Reverse)
        {
            throw run.Fault("invalid reverse property map", value, $"{keyword} cannot stand in @reverse.");
        }

        if (result.Has(keyword) && (run.IsVersion10 || keyword is not (Keywords.Included or Keywords.Type)))
        {
            throw run.Fault("colliding keywords", value, $"Two entries stand for {keyword}.");
        }

        switch (keyword)
        {
            case Keywords.Id:
                result[keyword] = IdOf(node, value);
                break;
            case Keywords.Type:
                JsonItem types = TypesOf(node, value);
                if (result.Has(keyword))
                {
                    result.Append(keyword, types);
                }
                else
                {
                    result[keyword] = types;
                }

                break;
            case Keywords.Graph:
                result[keyword] = node.IsTop && value is JsonArray records && node.Result.Count == 0
                    ? Records(node.Active, Keywords.Graph, records)
                    : AsArray(Expand(node.Active, Keywords.Graph, value) ?? new JsonArray(value.Offset));
                break;
            case Keywords.Included:
                ExpandIncluded(node, value);
                break;
            case Keywords.Value:
                ExpandLiteral(node, value);
                break;
            case Keywords.Language:
                result[keyword] = value as JsonText ?? throw run.Fault("invalid language-tagged string", value, "@language must be a language tag.");
                break;
            case Keywords.Direction:
                run.Require11("invalid value object", value, "@direction");
                _ = value is JsonText ? contexts.Direction(value) : throw run.Fault("invalid base direction", value, "@direction must be \"ltr\" or \"rtl\".");
                result[keyword] = value;
                break;
            case Keywords.Index:
                result[keyword] = value as JsonText ?? throw run.Fault("invalid @index value", value, "@index must be text.");
                break;
            case Keywords.List when node.Property is not (null or Keywords.Graph):
                result[keyword] = ListOf(node, value);
                break;
            case Keywords.Set when Expand(node.Active, node.Property, value) is { } set:
                result[keyword] = set;
                break;
            case Keywords.Set:
                result[keyword] = new JsonArray(value.Offset);
                break;
            case Keywords.Reverse:
                ExpandReverse(node, value);
                break;
        }
    }

    private JsonItem IdOf(ExpandedNode node, JsonItem value)
    {
        if (value is not JsonText { Value: var name })
        {
            throw run.Fault("invalid @id value", value, "@id must be text.");
        }

        return contexts.ExpandIri(node.Active, name, documentRelative: true) is { } iri ? new JsonText(iri, value.Offset) : new JsonNull(value.Offset);
    }

    private JsonItem TypesOf(ExpandedNode node, JsonItem value)
    {
        var types = new JsonArray(value.Offset);
        foreach (JsonItem type in value.AsList())
        {
            string name = (type as JsonText)?.Value ?? throw run.Fault("invalid type value", type, "@type must be one IRI or several.");
            if (contexts.ExpandIri(node.BeforeTypes, name, documentRelative: true, vocabulary: true) is { } iri)
            {
                types.Add(new JsonText(iri, type.Offset));
            }
        }

        // Whether the one type of a value was written in brackets matters.
        return value is JsonArray || types.Count == 0 ? types : types[0];
    }

    private JsonArray ListOf(ExpandedNode node, JsonItem value)
    {
        JsonItem? expanded = Expand(node.Active, node.Property, value);
        JsonArray list = expanded is null ? new JsonArray(value.Offset) : AsArray(expanded);
        return run.IsVersion10 && list.Any(i => i is JsonMap map && map.Has(Keywords.List))
            ? throw run.Fault("list of lists", value, "JSON-LD 1.0 has no lists of lists.")
            : list;
    }

    private void ExpandLiteral(ExpandedNode node, JsonItem value)
    {
        if (node.IsJson)
        {
            run.Require11("invalid value object value", value, "@json");
        }
        else if (value is JsonMap or JsonArray)
        {
            throw run.Fault("invalid value object value", value, "@value must be a text, a number, true, false or null.");
        }

        node.Result[Keywords.Value] = value;
    }

    private void ExpandIncluded(ExpandedNode node, JsonItem value)
    {
        run.Require11("invalid @included value", value, "@included");
        JsonItem? expanded = Expand(node.Active, property: null, value);
        foreach (JsonItem item in expanded?.AsList() ?? [])
        {
            if (item is not JsonMap map || map.Has(Keywords.Value) || map.Has(Keywords.List) || map.Has(Keywords.Set))
            {
                throw run.Fault("invalid @included value", item, "@included must hold nodes.");
            }
        }

        if (expanded is null || value is JsonText or JsonNumber or JsonFlag)
        {
            throw run.Fault("invalid @included value", value, "@included must hold nodes.");
        }

        node.Result.Append(Keywords.Included, expanded);
    }

    private void ExpandReverse(ExpandedNode node, JsonItem value)
    {
        if (value is not JsonMap map)
        {
            throw run.Fault("invalid @reverse value", value, "@reverse must be an object.");
        }

        var expanded = (JsonMap)Expand(node.Active, Keywords.Reverse, map)!;
        if (expanded[Keywords.Reverse] is JsonMap twice)
        {
            foreach ((string property, JsonItem items) in twice)
            {
                node.Result.Append(property, items);
            }
        }

        foreach ((string property, JsonItem items) in expanded)
        {
            if (property != Keywords.Reverse)
            {
                AddReverse(node, property, items);
            }
        }
    }

    private void AddReverse(ExpandedNode node, string property, JsonItem items)
    {
        if (node.Result[Keywords.Reverse] is not JsonMap reverse)
        {
            node.Result[Keywords.Reverse] = reverse = new JsonMap(items.Offset);
        }

        foreach (JsonItem item in items.AsList())
        {
            if (item is JsonMap map && (map.Has(Keywords.Value) || map.Has(Keywords.List)))
            {
                throw run.Fault("invalid reverse property value", item, "Only a node can point back.");
            }

            reverse.Append(property, item);
        }
    }
}
