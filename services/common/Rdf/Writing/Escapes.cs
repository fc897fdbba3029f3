using System.Globalization;
using System.Text;

namespace Ecosystem.Rdf;

/// <summary>How IRIs and texts are quoted, the same in N-Triples and Turtle.</summary>
internal static class Escapes
{
    public static void AppendIri(StringBuilder text, string iri)
    {
        text.Append('<');
        foreach (char c in iri)
        {
            // Such an IRI cannot have come from a reader; percent-encoding keeps the document readable by others.
            if (Characters.IsForbiddenInIri(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('>');
    }

    public static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '\u007F':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
