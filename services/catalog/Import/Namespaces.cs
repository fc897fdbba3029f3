using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>The vocabularies that DCAT-AP, DCAT-AP.de and HealthDCAT-AP are made of.</summary>
internal static class Namespaces
{
    public const string Adms = "http://www.w3.org/ns/adms#";
    public const string Csvw = "http://www.w3.org/ns/csvw#";
    public const string CoreVocabularies = "http://data.europa.eu/m8g/";
    public const string Dcat = "http://www.w3.org/ns/dcat#";
    public const string DcatAp = "http://data.europa.eu/r5r/";
    public const string DcatDe = "http://dcat-ap.de/def/dcatde/";
    public const string Dct = "http://purl.org/dc/terms/";
    public const string Dpv = "https://w3id.org/dpv#";
    public const string Dqv = "http://www.w3.org/ns/dqv#";
    public const string Foaf = "http://xmlns.com/foaf/0.1/";
    public const string GeoDcatAp = "http://data.europa.eu/930/";
    public const string HealthDcatAp = "http://healthdataportal.eu/ns/health#";
    public const string OpenAnnotation = "http://www.w3.org/ns/oa#";
    public const string Prov = "http://www.w3.org/ns/prov#";
    public const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    public const string Skos = "http://www.w3.org/2004/02/skos/core#";
    public const string Spdx = "http://spdx.org/rdf/terms#";
    public const string Time = "http://www.w3.org/2006/time#";
    public const string Vcard = "http://www.w3.org/2006/vcard/ns#";

    /// <summary>Prefixes for what is given out.</summary>
    public static readonly IReadOnlyDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["adms"] = Adms,
        ["csvw"] = Csvw,
        ["cv"] = CoreVocabularies,
        ["dcat"] = Dcat,
        ["dcatap"] = DcatAp,
        ["dcatde"] = DcatDe,
        ["dct"] = Dct,
        ["dpv"] = Dpv,
        ["dqv"] = Dqv,
        ["foaf"] = Foaf,
        ["geodcatap"] = GeoDcatAp,
        ["healthdcatap"] = HealthDcatAp,
        ["oa"] = OpenAnnotation,
        ["prov"] = Prov,
        ["rdf"] = RdfSyntax.Namespace,
        ["rdfs"] = Rdfs,
        ["skos"] = Skos,
        ["spdx"] = Spdx,
        ["time"] = Time,
        ["vcard"] = Vcard,
        ["xsd"] = Xsd.Namespace,
    };
}
