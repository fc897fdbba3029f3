using System.Globalization;
using System.Xml.Linq;

namespace Ecosystem.Rdf;

internal sealed partial class RdfXmlParser
{
    private static readonly Iri XmlLiteral = new(RdfSyntax.Namespace + "XMLLiteral");
    private static readonly Iri Statement = new(RdfSyntax.Namespace + "Statement");
    private static readonly Iri StatementSubject = new(RdfSyntax.Namespace + "subject");
    private static readonly Iri StatementPredicate = new(RdfSyntax.Namespace + "predicate");
    private static readonly Iri StatementObject = new(RdfSyntax.Namespace + "object");

    private void PropertyElementList(XElement parent, Term subject, Scope scope)
    {
        RefuseText(parent);
        int member = 0;
        foreach (XElement element in parent.Elements())
        {
            if (CoreSyntax.Contains(element.Name) || Withdrawn.Contains(element.Name) || element.Name == Rdf + "Description")
            {
                throw Fault(element, $"<{element.Name.LocalName}> cannot stand for a property.");
            }

            Iri predicate = element.Name == Rdf + "li"
                ? new Iri(string.Create(CultureInfo.InvariantCulture, $"{RdfSyntax.Namespace}_{++member}"))
                : NameOf(element);
            PropertyElement(element, subject, predicate, scope.Enter(element));
        }
    }

    private void PropertyElement(XElement element, Term subject, Iri predicate, Scope scope)
    {
        Dictionary<XName, XAttribute> attributes = AttributesOf(element);
        Term value = attributes.TryGetValue(Rdf + "parseType", out XAttribute? parseType)
            ? ParsedProperty(element, attributes, parseType, scope)
            : element.Elements().Any() ? ResourceProperty(element, attributes, scope)
            : element.Nodes().OfType<XText>().Any(t => t.Value.Length > 0) ? LiteralProperty(element, attributes, scope)
            : EmptyProperty(element, attributes, scope);
        Add(element, subject, predicate, value);
        if (attributes.TryGetValue(Rdf + "ID", out XAttribute? id))
        {
            Reify(element, Identified(id, scope), subject, predicate, value);
        }
    }

    private Term ParsedProperty(XElement element, Dictionary<XName, XAttribute> attributes, XAttribute parseType, Scope scope)
    {
        AllowOnly(attributes, Rdf + "parseType", Rdf + "ID");
        switch (parseType.Value)
        {
            case "Resource":
                var node = new BlankNode();
                Nested(element, () => PropertyElementList(element, node, scope));
                return node;
            case "Collection":
                RefuseText(element);
                return List(element, [.. element.Elements().Select(e => NodeElement(e, scope.Enter(e)))]);
            default:
                string xml = CanonicalXml.OfContent(element, options.MaxDepth, place => Fault(place, $"Elements may nest at most {options.MaxDepth} deep."));
                return xml.Length <= options.MaxLiteralLength
                    ? new Literal(xml, XmlLiteral)
                    : throw Fault(element, $"A text may have at most {options.MaxLiteralLength} characters.");
        }
    }

    private Term ResourceProperty(XElement element, Dictionary<XName, XAttribute> attributes, Scope scope)
    {
        AllowOnly(attributes, Rdf + "ID");
        RefuseText(element);
        XElement[] nodes = [.. element.Elements()];
        return nodes.Length == 1
            ? NodeElement(nodes[0], scope.Enter(nodes[0]))
            : throw Fault(nodes[1], "A property holds one node; several need several properties or parseType=\"Collection\".");
    }

    private Literal LiteralProperty(XElement element, Dictionary<XName, XAttribute> attributes, Scope scope)
    {
        AllowOnly(attributes, Rdf + "ID", Rdf + "datatype");
        string text = string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value));
        if (text.Length > options.MaxLiteralLength)
        {
            throw Fault(element, $"A text may have at most {options.MaxLiteralLength} characters.");
        }

        return attributes.TryGetValue(Rdf + "datatype", out XAttribute? type) ? new Literal(text, Resolve(type, type.Value, scope)) : scope.Text(text);
    }

    private Term EmptyProperty(XElement element, Dictionary<XName, XAttribute> attributes, Scope scope)
    {
        if (attributes.TryGetValue(Rdf + "datatype", out XAttribute? type))
        {
            AllowOnly(attributes, Rdf + "ID", Rdf + "datatype");
            return new Literal(string.Empty, Resolve(type, type.Value, scope));
        }

        if (attributes.Keys.All(name => name == Rdf + "ID"))
        {
            return scope.Text(string.Empty);
        }

        bool isNamed = attributes.TryGetValue(Rdf + "resource", out XAttribute? resource);
        bool isLabelled = attributes.TryGetValue(Rdf + "nodeID", out XAttribute? label);
        if (isNamed && isLabelled)
        {
            throw Fault(element, "A property has at most one of rdf:resource and rdf:nodeID.");
        }

        Term node = isNamed ? Resolve(resource!, resource!.Value, scope) : isLabelled ? Labelled(label!) : new BlankNode();
        PropertyAttributes(element, node, attributes.Values, scope, except: [Rdf + "ID", Rdf + "resource", Rdf + "nodeID"]);
        return node;
    }

    private Term List(XElement place, Term[] members)
    {
        Term rest = Nil;
        foreach (Term member in members.Reverse())
        {
            var cell = new BlankNode();
            Add(place, cell, First, member);
            Add(place, cell, Rest, rest);
            rest = cell;
        }

        return rest;
    }

    private void Reify(XElement place, Iri statement, Term subject, Iri predicate, Term value)
    {
        Add(place, statement, Type, Statement);
        Add(place, statement, StatementSubject, subject);
        Add(place, statement, StatementPredicate, predicate);
        Add(place, statement, StatementObject, value);
    }

    private void Nested(XElement element, Action read)
    {
        if (++_depth > options.MaxDepth)
        {
            throw Fault(element, $"Elements may nest at most {options.MaxDepth} deep.");
        }

        read();
        _depth--;
    }

    private static void AllowOnly(Dictionary<XName, XAttribute> attributes, params XName[] allowed)
    {
        if (attributes.FirstOrDefault(a => !allowed.Contains(a.Key)).Value is { } other)
        {
            throw Fault(other, $"The attribute {other.Name.LocalName} is not allowed here.");
        }
    }
}
