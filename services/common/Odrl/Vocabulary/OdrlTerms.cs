using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Names of the ODRL 2.2 vocabulary and of the vocabularies it is used with.</summary>
public static class OdrlTerms
{
    /// <summary>The ODRL namespace.</summary>
    public const string Namespace = "http://www.w3.org/ns/odrl/2/";

    /// <summary>The namespace of the XML Schema data types.</summary>
    public const string Xsd = "http://www.w3.org/2001/XMLSchema#";

    /// <summary>Using an asset; the action that includes nearly all others.</summary>
    public const string Use = Namespace + "use";

    /// <summary>Transferring the ownership of an asset; includes selling and giving.</summary>
    public const string Transfer = Namespace + "transfer";

    /// <summary>Reading an asset.</summary>
    public const string Read = Namespace + "read";

    /// <summary>Left operand: the date and time of the use.</summary>
    public const string DateTime = Namespace + "dateTime";

    /// <summary>Left operand: how often the asset was used, this use included.</summary>
    public const string Count = Namespace + "count";

    /// <summary>Left operand: the purpose of the use.</summary>
    public const string Purpose = Namespace + "purpose";

    /// <summary>Left operand: the party that receives the result.</summary>
    public const string Recipient = Namespace + "recipient";

    /// <summary>Left operand: the place of the use.</summary>
    public const string Spatial = Namespace + "spatial";

    /// <summary>Left operand: a natural language.</summary>
    public const string Language = Namespace + "language";

    /// <summary>Left operand: a recurring interval.</summary>
    public const string TimeInterval = Namespace + "timeInterval";

    /// <summary>Left operand: a continuous span of use.</summary>
    public const string ElapsedTime = Namespace + "elapsedTime";

    /// <summary>Left operand: an accumulated span of use.</summary>
    public const string MeteredTime = Namespace + "meteredTime";

    /// <summary>Left operand: a delay before the use.</summary>
    public const string DelayPeriod = Namespace + "delayPeriod";

    /// <summary>The prefixes a reader knows without a context, since policies in the wild use them undeclared.</summary>
    internal static readonly FrozenDictionary<string, string> WellKnownPrefixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["odrl"] = Namespace,
        ["xsd"] = Xsd,
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["dc"] = "http://purl.org/dc/terms/",
        ["dpv"] = Purposes.Dpv,
        ["eu-ehds"] = Purposes.DpvEhds,
        ["ids"] = "https://w3id.org/idsa/core/",
        ["idsc"] = "https://w3id.org/idsa/code/",
        ["dspace"] = "https://w3id.org/dspace/2025/1/",
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
        ["cc"] = "http://creativecommons.org/ns#",
        ["oax"] = "http://w3id.org/odrl/spatial-axis#",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The short name of an ODRL term, or the whole IRI of any other.</summary>
    /// <param name="iri">The IRI.</param>
    /// <returns>For example <c>read</c>.</returns>
    public static string ShortName(string iri) =>
        iri.StartsWith(Namespace, StringComparison.Ordinal) && IsName(iri.AsSpan(Namespace.Length)) ? iri[Namespace.Length..] : iri;

    // What is written short must be read back as the same term, not as a prefix or a keyword.
    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                return false;
        }

        return text.Length > 0;
    }
}
