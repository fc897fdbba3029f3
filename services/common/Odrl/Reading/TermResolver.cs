using System.Collections.Frozen;
using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>Turns the names a document uses into IRIs, after its own context and the prefixes everybody uses.</summary>
internal sealed class TermResolver
{
    private static readonly FrozenSet<string> OdrlProperties = new[]
    {
        "uid", "profile", "inheritFrom", "conflict", "permission", "prohibition", "obligation", "duty", "consequence", "remedy", "failure",
        "target", "action", "assigner", "assignee", "relation", "output", "function", "constraint", "refinement", "source", "partOf", "scope",
        "leftOperand", "operator", "rightOperand", "rightOperandReference", "unit", "dataType", "datatype", "status",
        "and", "or", "xone", "andSequence", "operand", "hasPolicy", "implies", "includedIn", "assigneeOf", "assignerOf",
        "informedParty", "informingParty", "compensatedParty", "compensatingParty", "attributedParty", "attributingParty", "consentedParty",
        "consentingParty", "contractedParty", "contractingParty", "trackedParty", "trackingParty",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _terms = new(StringComparer.Ordinal);

    public static TermResolver From(Place root)
    {
        var resolver = new TermResolver();
        if (root.Property("@context") is { } context)
        {
            foreach (var part in context.Items().Where(part => part.IsObject))
                resolver.Declare(part);
        }

        return resolver;
    }

    /// <summary>The short ODRL name of a property, its keyword, or its IRI; a bare name nobody declared stays as it is.</summary>
    public string Property(string name)
    {
        if (name is "id")
            return "@id";
        if (name is "type")
            return "@type";
        if (name.StartsWith('@') || (OdrlProperties.Contains(name) && !_terms.ContainsKey(name)))
            return name;
        var iri = Expand(name);
        if (iri is "@id" or "@type")
            return iri;
        return iri.StartsWith(OdrlTerms.Namespace, StringComparison.Ordinal) ? iri[OdrlTerms.Namespace.Length..] : IdsTerms.Property(iri);
    }

    public static bool IsOdrlProperty(string name) => OdrlProperties.Contains(name);

    public static string? Resembling(string name) => OdrlProperties.FirstOrDefault(known => known != name && Resembles(known, name));

    /// <summary>The IRI behind a prefixed or declared name; anything else is returned as it is.</summary>
    public string Expand(string name)
    {
        if (_terms.TryGetValue(name, out var declared))
            return declared;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || name.AsSpan(colon + 1).StartsWith("//"))
            return name;
        var prefix = name[..colon];
        return _terms.TryGetValue(prefix, out var start) || OdrlTerms.WellKnownPrefixes.TryGetValue(prefix, out start)
            ? start + name[(colon + 1)..]
            : name;
    }

    /// <summary>The IRI of a term of the vocabulary: an undeclared bare name is an ODRL term.</summary>
    public string ExpandVocabulary(string name)
    {
        var iri = Expand(name);
        return iri.Contains(':', StringComparison.Ordinal) ? IdsTerms.Term(iri) : OdrlTerms.Namespace + iri;
    }

    private void Declare(Place context)
    {
        foreach (var (name, value) in context.Properties())
        {
            if (name.StartsWith('@'))
                continue;
            if (value.IsString)
                _terms[name] = value.Text;
            else if (value.Property("@id") is { IsString: true } id)
                _terms[name] = id.Text;
        }

        // A declaration may use another one; two rounds cover prefix of a prefix, and there is no third in practice.
        foreach (var (name, value) in _terms.ToList())
        {
            if (!value.StartsWith('@') && value.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && value[..colon] != name)
                _terms[name] = Expand(value);
        }
    }

    private static bool Resembles(string known, string name)
    {
        if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            return true;
        if (Math.Abs(known.Length - name.Length) > 1 || known.Length < 5)
            return false;
        var common = 0;
        while (common < Math.Min(known.Length, name.Length) && known[common] == name[common])
            common++;
        var rest = 0;
        while (rest < Math.Min(known.Length, name.Length) - common && known[^(rest + 1)] == name[^(rest + 1)])
            rest++;
        return Math.Max(known.Length, name.Length) - common - rest <= 1;
    }
}
