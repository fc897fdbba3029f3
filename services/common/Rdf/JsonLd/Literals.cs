using System.Buffers;
using System.Globalization;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>Literals out of values (JSON-LD 1.1 API, section 8.2.2).</summary>
internal sealed class Literals(JsonLdRun run)
{
    private const string I18n = "https://www.w3.org/ns/i18n#";
    private const string Json = RdfSyntax.Namespace + "JSON";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>An absolute IRI in which no character stands that an IRI cannot have there.</summary>
    public static bool IsWellFormed(string iri) =>
        IriReference.HasScheme(iri) && iri.IndexOf('#', StringComparison.Ordinal) == iri.LastIndexOf('#') && !iri.Any(c => Characters.IsForbiddenInIri(c));

    /// <param name="value">The value.</param>
    /// <param name="add">Adds what a compound literal needs beside itself.</param>
    public Term? Of(JsonMap value, Action<Term, Iri, Term> add)
    {
        string? type = (value[Keywords.Type]?.AsList()[0] as JsonText)?.Value;
        string? language = (value[Keywords.Language] as JsonText)?.Value;
        JsonItem content = value[Keywords.Value]!;
        if (type == Keywords.Json)
        {
            return new Literal(CanonicalJson.Write(content), new Iri(Json));
        }

        if ((type is not null && !IsWellFormed(type)) || (language is not null && !IsLanguage(language)))
        {
            return null;
        }

        switch (content)
        {
            case JsonFlag flag:
                return new Literal(flag.Value ? "true" : "false", new Iri(type ?? Xsd.Boolean));
            case JsonNumber number:
                return Number(number, type);
            case JsonText text when value[Keywords.Direction] is JsonText direction && run.Options.Direction != JsonLdDirection.Dropped:
                return Directed(text.Value, language, direction.Value, add);
            case JsonText text:
                return language is not null ? new Literal(text.Value, language) : new Literal(text.Value, new Iri(type ?? Xsd.String));
            default:
                return null;
        }
    }

    private static Literal Number(JsonNumber number, string? type)
    {
        double value = double.Parse(number.Lexical, CultureInfo.InvariantCulture);
        bool isWhole = Math.Abs(value) < 1e21 && Math.Floor(value) == value;
        if (!isWhole || type == Xsd.Double)
        {
            return new Literal(CanonicalDouble(value), new Iri(type ?? Xsd.Double));
        }

        // Digits that a double cannot hold are kept where they were written out.
        ReadOnlySpan<char> digits = number.Lexical.AsSpan().TrimStart('-');
        string lexical = digits.ContainsAnyExcept(Digits) || value == 0 ? value.ToString("F0", CultureInfo.InvariantCulture) : number.Lexical;
        return new Literal(value == 0 ? "0" : lexical, new Iri(type ?? Xsd.Integer));
    }

    /// <summary>The canonical form of <c>xsd:double</c>, with 15 digits after the point at most: <c>5.3E0</c>.</summary>
    private static string CanonicalDouble(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "INF" : "-INF";
        }

        string[] parts = value.ToString("E15", CultureInfo.InvariantCulture).Split('E');
        string mantissa = parts[0].TrimEnd('0');
        return $"{(mantissa.EndsWith('.') ? mantissa + "0" : mantissa)}E{int.Parse(parts[1], CultureInfo.InvariantCulture)}";
    }

    private Term Directed(string text, string? language, string direction, Action<Term, Iri, Term> add)
    {
        if (run.Options.Direction == JsonLdDirection.InDatatype)
        {
            return new Literal(text, new Iri($"{I18n}{language?.ToLowerInvariant()}_{direction}"));
        }

        var node = new BlankNode();
        add(node, new Iri(RdfSyntax.Namespace + "value"), new Literal(text));
        if (language is not null)
        {
            add(node, new Iri(RdfSyntax.Namespace + "language"), new Literal(language.ToLowerInvariant()));
        }

        add(node, new Iri(RdfSyntax.Namespace + "direction"), new Literal(direction));
        return node;
    }

    /// <summary>BCP 47 in outline, as Turtle has it: letters, then parts of letters and digits.</summary>
    private static bool IsLanguage(string tag)
    {
        string[] parts = tag.Split('-');
        return parts[0].Length > 0 && parts[0].All(char.IsAsciiLetter) && parts.Skip(1).All(p => p.Length > 0 && p.All(char.IsAsciiLetterOrDigit));
    }
}
