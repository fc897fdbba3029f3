using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf.WellKnownTypes;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests.Exchange;

/// <summary>An asset in which every field is filled that HealthDCAT-AP has a word for.</summary>
internal static class WholeAsset
{
    private const string Authority = "https://hdeu-dcat.data.health.europa.eu/resource/authority/";
    private const string Publications = "http://publications.europa.eu/resource/authority/";

    public static DataAsset Create() => new()
    {
        Id = "0197a000-0000-7000-8000-000000000001",
        Iri = "https://klinikum.example.org/data/stroke",
        Identifier = "10.1000/stroke",
        OtherIdentifiers = { "DRKS00000001", "https://example.org/register/7" },
        Title = Text("Schlaganfallregister \"Bochum\"", "Stroke register"),
        AlternativeTitles = { Text("Apoplexie-Register", "Apoplexy register"), Text("SRB") },
        Description = Text("Verläufe nach Schlaganfall.\nPseudonymisiert.", "Courses after stroke."),
        Keywords = { new Keyword { Text = "Schlaganfall", Language = "de" }, new Keyword { Text = "stroke" } },
        Themes = { Publications + "data-theme/HEAL" },
        Types_ = { Publications + "dataset-type/STATISTICAL" },
        HealthCategories = { Authority + "healthcategories/EHRS" },
        HealthThemes = { Authority + "health-theme/HEALTH_SYSTEMS" },
        AccessRights = AccessRights.NonPublic,
        ProtectionNeed = ProtectionNeed.High,
        License = "https://example.org/licence",
        ApplicableLegislation = { "http://data.europa.eu/eli/reg/2025/327/oj", "http://data.europa.eu/eli/reg/2016/679/oj" },
        Publisher = Agent("Klinikum", "publisher"),
        Contact = new Agent { Name = "Datenstelle", Language = "de", Email = "o'daten{x}%@klinikum.example.org", Url = "https://klinikum.example.org/daten", Address = Address() },
        FurtherContacts = { new Agent { Name = "Auskunft", Url = "https://klinikum.example.org/auskunft" } },
        Hdab = new Agent { Name = "Zugangsstelle", Email = "hdab@example.org", Url = "https://hdab.example.org/" },
        HdabCoordinator = Agent("Koordinierung", "coordinator"),
        Custodian = Agent("Klinikum als Dateninhaber", "custodian"),
        Creators = { new Agent { Name = "Neurologie", Iri = "https://klinikum.example.org/neuro" } },
        Areas = { new Area { Key = "05911" }, new Area { Key = "DE300" } },
        Places = { Publications + "country/DEU" },
        SpatialResolutionInMeters = 1000.5,
        Temporal = new() { Start = new() { Seconds = 1_500_000_000 }, End = new() { Seconds = 1_600_000_000, Nanos = 500_000_000 } },
        TemporalResolution = "P1M",
        Frequency = Publications + "frequency/ANNUAL",
        RetentionPeriod = new() { Start = new() { Seconds = 1_700_000_000 } },
        LandingPage = "https://klinikum.example.org/stroke",
        Pages = { "https://klinikum.example.org/stroke/doc" },
        Languages = { "de", Publications + "language/ENG", "de-simple" },
        Issued = Timestamp.FromDateTime(new DateTime(2024, 1, 15, 0, 0, 0, DateTimeKind.Utc)),
        Modified = Timestamp.FromDateTime(new DateTime(2026, 3, 30, 12, 30, 0, DateTimeKind.Utc)),
        DataVersion = "7.1",
        VersionNotes = Text("Neue Fälle."),
        ConformsTo = { Authority + "standard/FHIR" },
        CodeValues = { "I63", "I64" },
        CodingSystems = { Authority + "coding-system/ICD-10" },
        HasStructuredData = true,
        Variables = { Variables() },
        NumberOfRecords = 1_850_000,
        Population = new Population { Coverage = Text("Erwachsene"), UniqueIndividuals = 412_000, MinTypicalAge = 18, MaxTypicalAge = 99 },
        PersonalData = { "https://w3id.org/dpv/dpv-pd#Age" },
        LegalBases = { new LegalBasis { Iri = "https://w3id.org/dpv#Consent" }, new LegalBasis { Description = Text("Gesetz"), Source = "http://data.europa.eu/eli/reg/2022/868/oj" } },
        Purposes = { new Purpose { Iri = "https://w3id.org/dpv#ScientificResearch" }, new Purpose { Description = Text("Versorgung") } },
        Provenance = { Text("Aus der Dokumentation.", "From the records."), Text("Seit 2020.") },
        GeneratedBy = { new GeneratingActivity { Label = Text("Zusammenführung"), Type = Authority + "health-activity/ROUTINE_RECORDS" } },
        QualityAnnotations = { new QualityAnnotation { Body = "https://example.org/certificate", IsCertificate = true, Statement = Text("Gut.") } },
        Relations =
        {
            new Relation { Target = "https://example.org/related" },
            new Relation { Kind = Relation.Types.Kind.Source, Target = "https://example.org/source" },
            new Relation { Kind = Relation.Types.Kind.InSeries, Target = "https://example.org/series" },
        },
        ContributorIds = { "http://dcat-ap.de/def/contributors/robertKochInstitut" },
        Distributions = { Path("main") },
        Samples = { Path("sample") },
        Analytics = { Path("analytics") },
        State = PublicationState.Published,
    };

    private static Agent Agent(string name, string what) => new()
    {
        Name = name,
        Iri = $"https://example.org/agents/{what}",
        Type = Authority + "publisher-type/public-health-registry",
        Note = $"Hinweis zu {name}",
        Language = "de",
        Address = Address(),
        ContactPoint = new ContactPoint
        {
            Email = $"{what}@example.org",
            ContactPage = $"https://example.org/{what}",
            Telephone = "+49 234 000000",
            OpeningHours = new OpeningHours { Description = "Montag bis Freitag", Language = "de", Frequency = Publications + "frequency/DAILY" },
            SpecialOpeningHours = new OpeningHours { Description = "Feiertags geschlossen" },
        },
    };

    private static PostalAddress Address() => new() { Street = "Musterweg 1", PostalCode = "44801", Locality = "Bochum", Country = "Deutschland" };

    private static TableGroup Variables() => new()
    {
        Title = Text("Variablen"),
        Tables =
        {
            new Table
            {
                Title = Text("Fälle"),
                Url = "https://klinikum.example.org/stroke/cases",
                Keywords = { new Keyword { Text = "Fall", Language = "de" } },
                Columns =
                {
                    new Column { Name = "age", Title = Text("Alter", "Age"), Description = Text("Alter in Jahren"), Datatype = "integer", PropertyUrl = "https://example.org/age" },
                    new Column { Name = "nihss", Title = Text("NIHSS"), Description = Text("Schweregrad"), Datatype = "decimal", Iri = "https://example.org/columns/nihss" },
                },
            },
        },
    };

    private static Distribution Path(string what) => new()
    {
        Iri = $"https://klinikum.example.org/data/stroke#{what}",
        Title = Text($"Weg {what}"),
        Description = Text("Über den Konnektor"),
        AccessUrl = $"https://connector.example.org/{what}",
        DownloadUrl = $"https://example.org/{what}.zip",
        License = "https://example.org/licence",
        Format = Publications + "file-type/CSV",
        MediaType = "text/csv",
        CompressFormat = "application/gzip",
        PackageFormat = "application/zip",
        Languages = { "de" },
        ByteSize = 5_000_000_000,
        Issued = new() { Seconds = 1_700_000_000 },
        Modified = new() { Seconds = 1_700_000_001 },
        Attribution = "Klinikum (2026)",
        Status = Publications + "distribution-status/COMPLETED",
        Availability = Publications + "planned-availability/STABLE",
        Rights = Text("Nur nach Genehmigung"),
        ConformsTo = { Authority + "standard/FHIR" },
        Pages = { "https://example.org/doc" },
        Checksum = new Checksum { Algorithm = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256", Value = "00ff" },
        TemporalResolution = "P1D",
        SpatialResolutionInMeters = 10,
        ApplicableLegislation = { "http://data.europa.eu/eli/reg/2022/868/oj" },
    };
}
