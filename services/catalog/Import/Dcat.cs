using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>The terms of DCAT-AP 3 and DCAT-AP.de that the catalogue has fields for.</summary>
internal static class Dcat
{
    /// <summary>DCAT-AP.de's names of areas; the kind of key and the key follow.</summary>
    public const string AreaCode = "http://dcat-ap.de/def/politicalGeocoding/";

    /// <summary>The EU's names of NUTS areas; the code follows.</summary>
    public const string NutsCode = "http://data.europa.eu/nuts/code/";

    /// <summary>The EU authority table of access rights; the name follows.</summary>
    public const string AccessRight = "http://publications.europa.eu/resource/authority/access-right/";

    /// <summary>DCAT-AP.de's list of planned availabilities, which has a property of its own.</summary>
    public const string GermanAvailability = "http://dcat-ap.de/def/plannedAvailability/";

    private const string Dct = Namespaces.Dct;
    private const string DcatSpace = Namespaces.Dcat;

    public static readonly Iri Type = new(RdfSyntax.Type);
    public static readonly Iri Value = new(RdfSyntax.Namespace + "value");
    public static readonly Iri Label = new(Namespaces.Rdfs + "label");

    public static readonly Iri Catalogue = new(DcatSpace + "Catalog");
    public static readonly Iri Dataset = new(DcatSpace + "Dataset");
    public static readonly Iri DistributionClass = new(DcatSpace + "Distribution");
    public static readonly Iri PeriodOfTime = new(Dct + "PeriodOfTime");
    public static readonly Iri ProvenanceStatement = new(Dct + "ProvenanceStatement");
    public static readonly Iri RightsStatement = new(Dct + "RightsStatement");
    public static readonly Iri FrequencyClass = new(Dct + "Frequency");
    public static readonly Iri IdentifierClass = new(Namespaces.Adms + "Identifier");
    public static readonly Iri ChecksumClass = new(Namespaces.Spdx + "Checksum");
    public static readonly Iri Agent = new(Namespaces.Foaf + "Agent");
    public static readonly Iri Contact = new(Namespaces.Vcard + "Kind");
    public static readonly Iri Activity = new(Namespaces.Prov + "Activity");

    public static readonly Iri Title = new(Dct + "title");
    public static readonly Iri Alternative = new(Dct + "alternative");
    public static readonly Iri Description = new(Dct + "description");
    public static readonly Iri Identifier = new(Dct + "identifier");
    public static readonly Iri OtherIdentifier = new(Namespaces.Adms + "identifier");
    public static readonly Iri Notation = new(Namespaces.Skos + "notation");
    public static readonly Iri Issued = new(Dct + "issued");
    public static readonly Iri Modified = new(Dct + "modified");
    public static readonly Iri Publisher = new(Dct + "publisher");
    public static readonly Iri Creator = new(Dct + "creator");
    public static readonly Iri License = new(Dct + "license");
    public static readonly Iri AccessRights = new(Dct + "accessRights");
    public static readonly Iri Rights = new(Dct + "rights");
    public static readonly Iri Spatial = new(Dct + "spatial");
    public static readonly Iri Temporal = new(Dct + "temporal");
    public static readonly Iri Frequency = new(Dct + "accrualPeriodicity");
    public static readonly Iri Format = new(Dct + "format");
    public static readonly Iri Language = new(Dct + "language");
    public static readonly Iri Kind = new(Dct + "type");
    public static readonly Iri ConformsTo = new(Dct + "conformsTo");
    public static readonly Iri Provenance = new(Dct + "provenance");
    public static readonly Iri Relation = new(Dct + "relation");
    public static readonly Iri Source = new(Dct + "source");
    public static readonly Iri IsReferencedBy = new(Dct + "isReferencedBy");
    public static readonly Iri IsReplacedBy = new(Dct + "isReplacedBy");

    public static readonly Iri Datasets = new(DcatSpace + "dataset");
    public static readonly Iri Keyword = new(DcatSpace + "keyword");
    public static readonly Iri Theme = new(DcatSpace + "theme");
    public static readonly Iri ContactPoint = new(DcatSpace + "contactPoint");
    public static readonly Iri LandingPage = new(DcatSpace + "landingPage");
    public static readonly Iri Page = new(Namespaces.Foaf + "page");
    public static readonly Iri Distribution = new(DcatSpace + "distribution");
    public static readonly Iri Sample = new(Namespaces.Adms + "sample");
    public static readonly Iri AccessUrl = new(DcatSpace + "accessURL");
    public static readonly Iri DownloadUrl = new(DcatSpace + "downloadURL");
    public static readonly Iri MediaType = new(DcatSpace + "mediaType");
    public static readonly Iri CompressFormat = new(DcatSpace + "compressFormat");
    public static readonly Iri PackageFormat = new(DcatSpace + "packageFormat");
    public static readonly Iri ByteSize = new(DcatSpace + "byteSize");
    public static readonly Iri StartDate = new(DcatSpace + "startDate");
    public static readonly Iri EndDate = new(DcatSpace + "endDate");
    public static readonly Iri TemporalResolution = new(DcatSpace + "temporalResolution");
    public static readonly Iri SpatialResolution = new(DcatSpace + "spatialResolutionInMeters");
    public static readonly Iri Version = new(DcatSpace + "version");
    public static readonly Iri VersionNotes = new(Namespaces.Adms + "versionNotes");
    public static readonly Iri PreviousVersion = new(DcatSpace + "previousVersion");
    public static readonly Iri HasVersion = new(DcatSpace + "hasVersion");
    public static readonly Iri InSeries = new(DcatSpace + "inSeries");
    public static readonly Iri GeneratedBy = new(Namespaces.Prov + "wasGeneratedBy");
    public static readonly Iri Status = new(Namespaces.Adms + "status");
    public static readonly Iri Availability = new(Namespaces.DcatAp + "availability");
    public static readonly Iri Legislation = new(Namespaces.DcatAp + "applicableLegislation");
    public static readonly Iri Checksum = new(Namespaces.Spdx + "checksum");
    public static readonly Iri ChecksumAlgorithm = new(Namespaces.Spdx + "algorithm");
    public static readonly Iri ChecksumValue = new(Namespaces.Spdx + "checksumValue");

    public static readonly Iri GeocodingUri = new(Namespaces.DcatDe + "politicalGeocodingURI");
    public static readonly Iri Attribution = new(Namespaces.DcatDe + "licenseAttributionByText");
    public static readonly Iri ContributorId = new(Namespaces.DcatDe + "contributorID");
    public static readonly Iri PlannedAvailability = new(Namespaces.DcatDe + "plannedAvailability");
}
