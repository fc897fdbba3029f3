using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ecosystem.Rdf;

/// <summary>
/// The content of an element as exclusive canonical XML with comments (RDF 1.1 XML Syntax section 7.2.17, xml-exc-c14n): namespaces are
/// declared where they are first used, attributes are in order, empty elements have an end tag.
/// </summary>
internal static class CanonicalXml
{
    public static string OfContent(XElement element, int maxDepth, Func<IXmlLineInfo, Exception> tooDeep)
    {
        var xml = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            Append(xml, node, new Dictionary<string, string>(StringComparer.Ordinal) { [string.Empty] = string.Empty }, maxDepth, tooDeep);
        }

        return xml.ToString();
    }

    private static void Append(StringBuilder xml, XNode node, Dictionary<string, string> declared, int depthLeft, Func<IXmlLineInfo, Exception> tooDeep)
    {
        switch (node)
        {
            case XElement element:
                AppendElement(xml, element, declared, depthLeft > 0 ? depthLeft : throw tooDeep(element), tooDeep);
                break;
            case XText text:
                AppendEscaped(xml, text.Value, isAttribute: false);
                break;
            case XComment comment:
                xml.Append("<!--").Append(comment.Value).Append("-->");
                break;
            case XProcessingInstruction instruction:
                xml.Append("<?").Append(instruction.Target);
                xml.Append(instruction.Data.Length > 0 ? " " : string.Empty).Append(instruction.Data).Append("?>");
                break;
        }
    }

    private static void AppendElement(StringBuilder xml, XElement element, Dictionary<string, string> declared, int depthLeft, Func<IXmlLineInfo, Exception> tooDeep)
    {
        var inside = new Dictionary<string, string>(declared, StringComparer.Ordinal);
        var declarations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        XAttribute[] attributes = [.. element.Attributes().Where(a => !a.IsNamespaceDeclaration)
            .OrderBy(a => a.Name.NamespaceName, StringComparer.Ordinal).ThenBy(a => a.Name.LocalName, StringComparer.Ordinal)];
        string prefix = element.GetPrefixOfNamespace(element.Name.Namespace) ?? string.Empty;
        if (IsDefaultNamespace(element))
        {
            prefix = string.Empty;
        }

        Declare(prefix, element.Name.NamespaceName, inside, declarations);
        foreach (XAttribute attribute in attributes.Where(a => a.Name.Namespace != XNamespace.None && a.Name.Namespace != XNamespace.Xml))
        {
            Declare(PrefixOf(element, attribute), attribute.Name.NamespaceName, inside, declarations);
        }

        string name = prefix.Length == 0 ? element.Name.LocalName : $"{prefix}:{element.Name.LocalName}";
        xml.Append('<').Append(name);
        foreach ((string declaredPrefix, string space) in declarations)
        {
            AppendAttribute(xml, declaredPrefix.Length == 0 ? "xmlns" : $"xmlns:{declaredPrefix}", space);
        }

        foreach (XAttribute attribute in attributes)
        {
            string attributePrefix = attribute.Name.Namespace == XNamespace.None ? string.Empty : PrefixOf(element, attribute);
            AppendAttribute(xml, attributePrefix.Length == 0 ? attribute.Name.LocalName : $"{attributePrefix}:{attribute.Name.LocalName}", attribute.Value);
        }

        xml.Append('>');
        foreach (XNode child in element.Nodes())
        {
            Append(xml, child, inside, depthLeft - 1, tooDeep);
        }

        xml.Append("</").Append(name).Append('>');
    }

    private static bool IsDefaultNamespace(XElement element) => element.GetDefaultNamespace() == element.Name.Namespace;

    private static string PrefixOf(XElement element, XAttribute attribute) => element.GetPrefixOfNamespace(attribute.Name.Namespace) ?? string.Empty;

    private static void Declare(string prefix, string space, Dictionary<string, string> inside, SortedDictionary<string, string> declarations)
    {
        if (!inside.TryGetValue(prefix, out string? known) || known != space)
        {
            inside[prefix] = space;
            declarations[prefix] = space;
        }
    }

    private static void AppendAttribute(StringBuilder xml, string name, string value)
    {
        xml.Append(' ').Append(name).Append("=\"");
        AppendEscaped(xml, value, isAttribute: true);
        xml.Append('"');
    }

    private static void AppendEscaped(StringBuilder xml, string value, bool isAttribute)
    {
        foreach (char c in value)
        {
            _ = (c, isAttribute) switch
            {
                ('&', _) => xml.Append("&amp;"),
                ('<', _) => xml.Append("&lt;"),
                ('>', false) => xml.Append("&gt;"),
                ('"', true) => xml.Append("&quot;"),
                ('\t', true) => xml.Append("&#x9;"),
                ('\n', true) => xml.Append("&#xA;"),
                ('\r', _) => xml.Append("&#xD;"),
                _ => xml.Append(c),
            };
        }
    }
}
