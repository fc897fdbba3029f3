using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>The terms of DCAT-AP 3 and DCAT-AP.de that are taken in.</summary>
internal static class Dcat
{
    /// <summary>DCAT-AP.de's names of areas; the kind of key and the key follow.</summary>
    public const string AreaCode = "http://dcat-ap.de/def/politicalGeocoding/";

    /// <summary>The EU authority table of access rights; the name follows.</summary>
    public const string AccessRight = "http://publications.europa.eu/resource/authority/access-right/";

    private const string Dct = "http://purl.org/dc/terms/";
    private const string DcatSpace = "http://www.w3.org/ns/dcat#";
    private const string DcatDe = "http://dcat-ap.de/def/dcatde/";
    private const string Foaf = "http://xmlns.com/foaf/0.1/";
    private const string Vcard = "http://www.w3.org/2006/vcard/ns#";

    public static readonly Iri Type = new(RdfSyntax.Type);
    public static readonly Iri DistributionClass = new(DcatSpace + "Distribution");
    public static readonly Iri PeriodOfTime = new(Dct + "PeriodOfTime");
    public static readonly Iri Agent = new(Foaf + "Agent");
    public static readonly Iri Contact = new(Vcard + "Kind");
    public static readonly Iri Dataset = new(DcatSpace + "Dataset");

    public static readonly Iri Title = new(Dct + "title");
    public static readonly Iri Description = new(Dct + "description");
    public static readonly Iri Identifier = new(Dct + "identifier");
    public static readonly Iri Issued = new(Dct + "issued");
    public static readonly Iri Modified = new(Dct + "modified");
    public static readonly Iri Publisher = new(Dct + "publisher");
    public static readonly Iri License = new(Dct + "license");
    public static readonly Iri Rights = new(Dct + "accessRights");
    public static readonly Iri Spatial = new(Dct + "spatial");
    public static readonly Iri Temporal = new(Dct + "temporal");
    public static readonly Iri Format = new(Dct + "format");
    public static readonly Iri Language = new(Dct + "language");

    public static readonly Iri Keyword = new(DcatSpace + "keyword");
    public static readonly Iri Theme = new(DcatSpace + "theme");
    public static readonly Iri ContactPoint = new(DcatSpace + "contactPoint");
    public static readonly Iri LandingPage = new(DcatSpace + "landingPage");
    public static readonly Iri Distribution = new(DcatSpace + "distribution");
    public static readonly Iri AccessUrl = new(DcatSpace + "accessURL");
    public static readonly Iri DownloadUrl = new(DcatSpace + "downloadURL");
    public static readonly Iri MediaType = new(DcatSpace + "mediaType");
    public static readonly Iri ByteSize = new(DcatSpace + "byteSize");
    public static readonly Iri StartDate = new(DcatSpace + "startDate");
    public static readonly Iri EndDate = new(DcatSpace + "endDate");

    public static readonly Iri GeocodingUri = new(DcatDe + "politicalGeocodingURI");
    public static readonly Iri Attribution = new(DcatDe + "licenseAttributionByText");

    public static readonly Iri Name = new(Foaf + "name");
    public static readonly Iri Mbox = new(Foaf + "mbox");
    public static readonly Iri Homepage = new(Foaf + "homepage");
    public static readonly Iri FormattedName = new(Vcard + "fn");
    public static readonly Iri HasEmail = new(Vcard + "hasEmail");
    public static readonly Iri HasUrl = new(Vcard + "hasURL");

    /// <summary>Prefixes for what is given out.</summary>
    public static readonly IReadOnlyDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["dcat"] = DcatSpace,
        ["dct"] = Dct,
        ["dcatde"] = DcatDe,
        ["foaf"] = Foaf,
        ["vcard"] = Vcard,
        ["xsd"] = Xsd.Namespace,
    };

    /// <summary>Properties of a data set that the catalogue has a field for; others are named in the report.</summary>
    public static readonly IReadOnlySet<Iri> OfDataset = new HashSet<Iri>
    {
        Type, Title, Description, Identifier, Issued, Modified, Publisher, License, Rights, Spatial, Temporal, Keyword, Theme, ContactPoint,
        LandingPage, Distribution, GeocodingUri,
    };

    /// <summary>Properties of a distribution that the catalogue has a field for.</summary>
    public static readonly IReadOnlySet<Iri> OfDistribution = new HashSet<Iri>
    {
        Type, Title, Description, AccessUrl, DownloadUrl, License, Format, MediaType, Language, ByteSize, Modified, Attribution,
    };
}
