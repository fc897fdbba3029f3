using Ecosystem.Catalog.Import;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Export;

/// <summary>The short names of JSON-LD documents, so that those who know only JSON can read them.</summary>
internal static class DcatVocabulary
{
    public static readonly JsonLdVocabulary JsonLd = new(Namespaces.Prefixes,
    [
        .. Of(JsonLdTermKind.Localised,
            Dcat.Title, Dcat.Alternative, Dcat.Description, Dcat.Keyword, Dcat.Label, Dcat.VersionNotes, AgentTerms.Name, AgentTerms.FormattedName,
            HealthDcat.PopulationCoverage),
        .. Of(JsonLdTermKind.Plain,
            Dcat.Identifier, Dcat.Notation, Dcat.Version, HealthDcat.Name, HealthDcat.Datatype, HealthDcat.CodeValues, HealthDcat.HasStructuredData,
            AgentTerms.Email, AgentTerms.Telephone),
        .. Of(JsonLdTermKind.Reference,
            Dcat.Datasets, Dcat.Distribution, Dcat.Sample, HealthDcat.Analytics, Dcat.Theme, Dcat.Kind, Dcat.Language, Dcat.AccessRights, Dcat.License,
            Dcat.Legislation, Dcat.Publisher, Dcat.ContactPoint, Dcat.Creator, Dcat.Spatial, Dcat.Temporal, Dcat.Frequency, Dcat.LandingPage, Dcat.Page,
            Dcat.AccessUrl, Dcat.DownloadUrl, Dcat.Format, Dcat.MediaType, Dcat.ConformsTo, Dcat.Provenance, Dcat.InSeries, Dcat.GeocodingUri,
            HealthDcat.Hdab, HealthDcat.Category, HealthDcat.Theme, HealthDcat.HasVariables, HealthDcat.Table, HealthDcat.Column, HealthDcat.CodingSystem,
            HealthDcat.Custodian, AgentTerms.Mbox, AgentTerms.Homepage, AgentTerms.HasEmail, AgentTerms.HasUrl, AgentTerms.ContactPage)
            .DistinctBy(t => t.Name),
        .. Of(JsonLdTermKind.Typed, Xsd.DateTime, Dcat.Issued, Dcat.Modified, Dcat.StartDate, Dcat.EndDate),
        .. Of(JsonLdTermKind.Typed, Xsd.Namespace + "nonNegativeInteger",
            Dcat.ByteSize, HealthDcat.Records, HealthDcat.Individuals, HealthDcat.MinTypicalAge, HealthDcat.MaxTypicalAge),
        .. Of(JsonLdTermKind.Typed, Xsd.Namespace + "duration", Dcat.TemporalResolution),
    ]);

    private static IEnumerable<JsonLdTerm> Of(JsonLdTermKind kind, params Iri[] properties) =>
        properties.Select(p => new JsonLdTerm(DcatValues.Short(p), p.Value, kind));

    private static IEnumerable<JsonLdTerm> Of(JsonLdTermKind kind, string datatype, params Iri[] properties) =>
        properties.Select(p => new JsonLdTerm(DcatValues.Short(p), p.Value, kind, datatype));
}
