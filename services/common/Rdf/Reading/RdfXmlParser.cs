using System.Xml;
using System.Xml.Linq;

namespace Ecosystem.Rdf;

/// <summary>Walks the striped syntax: node elements hold property elements, which hold node elements; method names follow the grammar's productions.</summary>
internal sealed partial class RdfXmlParser(RdfReaderOptions options)
{
    private static readonly XNamespace Rdf = RdfSyntax.Namespace;
    private static readonly Iri Type = new(RdfSyntax.Type);
    private static readonly Iri First = new(RdfSyntax.First);
    private static readonly Iri Rest = new(RdfSyntax.Rest);
    private static readonly Iri Nil = new(RdfSyntax.Nil);

    private static readonly HashSet<XName> CoreSyntax =
        [Rdf + "RDF", Rdf + "ID", Rdf + "about", Rdf + "parseType", Rdf + "resource", Rdf + "nodeID", Rdf + "datatype"];

    private static readonly HashSet<XName> Withdrawn = [Rdf + "aboutEach", Rdf + "aboutEachPrefix", Rdf + "bagID"];

    private readonly Graph _graph = new();
    private readonly Dictionary<string, BlankNode> _labelled = [];
    private readonly HashSet<string> _ids = [];
    private int _depth;

    public Graph Read(string document)
    {
        if (document.Length > options.MaxCharacters)
        {
            throw new RdfSyntaxException($"A document may have at most {options.MaxCharacters} characters, this one has {document.Length}.", 1, 1);
        }

        XElement root = Load(document);
        var context = new Scope(options.BaseIri, Language: null).Enter(root);
        if (root.Name == Rdf + "RDF")
        {
            NodeElementList(root, context);
        }
        else
        {
            NodeElement(root, context);
        }

        return _graph;
    }

    private XElement Load(string document)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = options.MaxLiteralLength,
            MaxCharactersInDocument = options.MaxCharacters,
            IgnoreProcessingInstructions = false,
        };
        try
        {
            using var text = new StringReader(document);
            using var reader = XmlReader.Create(text, settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException malformed)
        {
            throw new RdfSyntaxException($"The document is not well-formed XML: {malformed.Message}", Math.Max(1, malformed.LineNumber), Math.Max(1, malformed.LinePosition));
        }
    }

    private void NodeElementList(XElement parent, Scope scope)
    {
        RefuseText(parent);
        foreach (XElement child in parent.Elements())
        {
            NodeElement(child, scope.Enter(child));
        }
    }

    private Term NodeElement(XElement element, Scope scope)
    {
        if (++_depth > options.MaxDepth)
        {
            throw Fault(element, $"Elements may nest at most {options.MaxDepth} deep.");
        }

        if (CoreSyntax.Contains(element.Name) || Withdrawn.Contains(element.Name) || element.Name == Rdf + "li")
        {
            throw Fault(element, $"<{element.Name.LocalName}> cannot stand for a node.");
        }

        Dictionary<XName, XAttribute> attributes = AttributesOf(element);
        Term subject = SubjectOf(element, attributes, scope);
        if (element.Name != Rdf + "Description")
        {
            Add(element, subject, Type, NameOf(element));
        }

        PropertyAttributes(element, subject, attributes.Values, scope, except: [Rdf + "ID", Rdf + "about", Rdf + "nodeID"]);
        PropertyElementList(element, subject, scope);
        _depth--;
        return subject;
    }

    private Term SubjectOf(XElement element, Dictionary<XName, XAttribute> attributes, Scope scope)
    {
        XAttribute[] naming = [.. attributes.Values.Where(a => NameOf(a) is { } n && (n == Rdf + "ID" || n == Rdf + "about" || n == Rdf + "nodeID"))];
        return naming switch
        {
            [] => new BlankNode(),
            [var one] when NameOf(one) == Rdf + "ID" => Identified(one, scope),
            [var one] when NameOf(one) == Rdf + "about" => Resolve(one, one.Value, scope),
            [var one] => Labelled(one),
            _ => throw Fault(element, "A node has at most one of rdf:ID, rdf:about and rdf:nodeID."),
        };
    }

    private void PropertyAttributes(XElement element, Term subject, IEnumerable<XAttribute> attributes, Scope scope, XName[] except)
    {
        foreach (XAttribute attribute in attributes)
        {
            XName name = NameOf(attribute);
            if (except.Contains(name))
            {
                continue;
            }

            if (CoreSyntax.Contains(name) || Withdrawn.Contains(name) || name == Rdf + "Description" || name == Rdf + "li")
            {
                throw Fault(attribute, $"The attribute {name.LocalName} is not allowed here.");
            }

            if (name == Rdf + "type")
            {
                Add(element, subject, Type, Resolve(attribute, attribute.Value, scope));
            }
            else
            {
                Add(element, subject, Absolute(attribute, name.NamespaceName + name.LocalName), scope.Text(attribute.Value));
            }
        }
    }

    /// <summary>The attributes that mean something: declarations of namespaces and attributes reserved by XML do not.</summary>
    private static Dictionary<XName, XAttribute> AttributesOf(XElement element)
    {
        var found = new Dictionary<XName, XAttribute>();
        foreach (XAttribute attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.Xml))
        {
            if (attribute.Name.Namespace == XNamespace.None && attribute.Name.LocalName.StartsWith("xml", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!found.TryAdd(NameOf(attribute), attribute))
            {
                throw Fault(attribute, $"The attribute {attribute.Name.LocalName} is given twice.");
            }
        }

        return found;
    }

    /// <summary>Five attributes may be written without the namespace of RDF (section 6.1.4); others need one.</summary>
    private static XName NameOf(XAttribute attribute) => attribute.Name switch
    {
        { Namespace: var space } name when space != XNamespace.None => name,
        { LocalName: "ID" or "about" or "resource" or "parseType" or "type" } name => Rdf + name.LocalName,
        var name => throw Fault(attribute, $"The attribute {name.LocalName} has no namespace."),
    };

    private Iri NameOf(XElement element) => element.Name.Namespace == XNamespace.None
        ? throw Fault(element, $"The element <{element.Name.LocalName}> has no namespace.")
        : Absolute(element, element.Name.NamespaceName + element.Name.LocalName);

    private Iri Identified(XAttribute attribute, Scope scope)
    {
        VerifyName(attribute);
        Iri iri = Resolve(attribute, "#" + attribute.Value, scope);
        return _ids.Add(iri.Value) ? iri : throw Fault(attribute, $"The ID '{attribute.Value}' is given twice.");
    }

    private BlankNode Labelled(XAttribute attribute)
    {
        VerifyName(attribute);
        if (!_labelled.TryGetValue(attribute.Value, out BlankNode? node))
        {
            _labelled[attribute.Value] = node = new BlankNode();
        }

        return node;
    }

    private static void VerifyName(XAttribute attribute)
    {
        try
        {
            XmlConvert.VerifyNCName(attribute.Value);
        }
        catch (Exception invalid) when (invalid is XmlException or ArgumentException)
        {
            throw Fault(attribute, $"'{attribute.Value}' is not a name that {attribute.Name.LocalName} can have.");
        }
    }

    private Iri Resolve(XObject place, string reference, Scope scope) => scope.BaseIri is { } known
        ? Absolute(place, IriReference.Resolve(known, reference))
        : Absolute(place, reference);

    private Iri Absolute(XObject place, string iri)
    {
        if (iri.Length > options.MaxNameLength)
        {
            throw Fault(place, $"An IRI may have at most {options.MaxNameLength} characters.");
        }

        if (!IriReference.HasScheme(iri))
        {
            throw Fault(place, $"The relative IRI '{iri}' needs a base, and the document has none.");
        }

        return iri.Any(c => Characters.IsForbiddenInIri(c)) ? throw Fault(place, $"'{iri}' holds a character that is not allowed in an IRI.") : new Iri(iri);
    }

    private void Add(XObject place, Term subject, Iri predicate, Term @object)
    {
        if (_graph.Count >= options.MaxTriples)
        {
            throw Fault(place, $"A document may hold at most {options.MaxTriples} triples.");
        }

        _graph.Add(subject, predicate, @object);
    }

    private static void RefuseText(XElement element)
    {
        if (element.Nodes().OfType<XText>().FirstOrDefault(t => !string.IsNullOrWhiteSpace(t.Value)) is { } text)
        {
            throw Fault(text, "Text is not allowed between elements.");
        }
    }

    private static RdfSyntaxException Fault(IXmlLineInfo place, string sentence) =>
        new(sentence, Math.Max(1, place.LineNumber), Math.Max(1, place.LinePosition));

    /// <summary>What xml:base and xml:lang say of an element.</summary>
    private readonly record struct Scope(string? BaseIri, string? Language)
    {
        public Scope Enter(XElement element)
        {
            string? stated = element.Attribute(XNamespace.Xml + "base")?.Value;
            string? language = element.Attribute(XNamespace.Xml + "lang")?.Value;
            return new Scope(
                stated is null ? BaseIri : BaseIri is null ? stated : IriReference.Resolve(BaseIri, stated),
                language is null ? Language : language.Length == 0 ? null : language);
        }

        public Literal Text(string value) => Language is null ? new Literal(value) : new Literal(value, Language);
    }
}
