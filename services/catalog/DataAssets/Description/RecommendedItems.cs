using Ecosystem.Catalog.V1;
using Kind = Ecosystem.Catalog.V1.Relation.Types.Kind;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>What HealthDCAT-AP release 8 recommends, and what the data space asks beyond it.</summary>
internal static class RecommendedItems
{
    public static readonly IReadOnlyList<DescriptionItem> All =
    [
        Health("analytics", a => a.Analytics.Count > 0, new("Analytics", "Eine Auswertung"),
            new("Point to a report or dashboard that shows figures without showing data.", "Verweisen Sie auf einen Bericht oder eine Übersicht, die Zahlen zeigt, ohne Daten zu zeigen."), """[{"accessUrl":"https://example.org/bericht"}]"""),
        Health("code_values", a => a.CodeValues.Count > 0, new("Code values", "Vorkommende Codes"),
            new("List codes that occur in the data.", "Nennen Sie Codes, die in den Daten vorkommen."), """["I63.9"]""", "hasCodeValues"),
        Health("coding_systems", a => a.CodingSystems.Count > 0, new("The coding system", "Das Kodiersystem"),
            new("Name the code systems used.", "Nennen Sie die verwendeten Kodiersysteme."), """["https://hdeu-dcat.data.health.europa.eu/resource/authority/coding-system/SNOMED-CT"]""", "hasCodingSystem"),
        Health("conforms_to", a => a.ConformsTo.Count > 0, new("The standard of the data model", "Der Standard des Datenmodells"),
            new("Name the standard, for example FHIR or OMOP.", "Nennen Sie den Standard, zum Beispiel FHIR oder OMOP."), """["https://hdeu-dcat.data.health.europa.eu/resource/authority/standard/FHIR"]""", "dct:conformsTo"),
        Health("pages", a => a.Pages.Count > 0, new("Documentation", "Die Dokumentation"),
            new("Give the address of the documentation.", "Geben Sie die Adresse der Dokumentation an."), """["https://example.org/handbuch"]""", "foaf:page"),
        Health("frequency", a => a.Frequency.Length > 0, new("How often it is renewed", "Die Aktualisierung"),
            new("Say how often the data are renewed.", "Sagen Sie, wie oft die Daten erneuert werden."), "\"http://publications.europa.eu/resource/authority/frequency/ANNUAL\"", "dct:accrualPeriodicity"),
        Health("health_themes", a => a.HealthThemes.Count > 0, new("A health theme", "Ein Gesundheitsthema"),
            new("Name a theme of the EU list health-theme.", "Nennen Sie ein Thema der EU-Liste health-theme."), """["https://hdeu-dcat.data.health.europa.eu/resource/authority/health-theme/HEALTH_SYSTEMS"]"""),
        Health("relations", a => Has(a, Kind.IsReferencedBy), new("A publication that used the data", "Eine Veröffentlichung, die die Daten nutzte"),
            new("Add a relation KIND_IS_REFERENCED_BY, for example a DOI.", "Ergänzen Sie eine Beziehung KIND_IS_REFERENCED_BY, zum Beispiel eine DOI."), """[{"kind":"KIND_IS_REFERENCED_BY","target":"https://doi.org/10.1000/x"}]""", "dct:isReferencedBy"),
        Health("languages", a => a.Languages.Count > 0, new("The language of the data", "Die Sprache der Daten"),
            new("Name the languages.", "Nennen Sie die Sprachen."), """["http://publications.europa.eu/resource/authority/language/DEU"]""", "dct:language"),
        Health("legal_bases", a => a.LegalBases.Count > 0, new("The legal basis", "Die Rechtsgrundlage"),
            new("Say on which legal ground the data were collected.", "Sagen Sie, auf welcher Rechtsgrundlage die Daten erhoben wurden."), """[{"iri":"https://w3id.org/dpv#Consent"}]""", "dpv:hasLegalBasis"),
        Health("population.min_typical_age", a => a.Population?.HasMinTypicalAge == true, new("The lowest typical age", "Das niedrigste typische Alter"),
            new("Give it in years.", "Geben Sie es in Jahren an."), "18", "minTypicalAge"),
        Health("population.max_typical_age", a => a.Population?.HasMaxTypicalAge == true, new("The highest typical age", "Das höchste typische Alter"),
            new("Give it in years.", "Geben Sie es in Jahren an."), "90", "maxTypicalAge"),
        Health("number_of_records", a => a.HasNumberOfRecords, new("The number of records", "Die Zahl der Datensätze"),
            new("Give it, rounded if need be.", "Geben Sie sie an, wenn nötig gerundet."), "\"25000\"", "numberOfRecords"),
        Health("population.unique_individuals", a => a.Population?.HasUniqueIndividuals == true, new("The number of people", "Die Zahl der Personen"),
            new("Give it, rounded if need be.", "Geben Sie sie an, wenn nötig gerundet."), "\"8000\"", "numberOfUniqueIndividuals"),
        Health("personal_data", a => a.PersonalData.Count > 0, new("The kinds of personal data", "Die Arten personenbezogener Daten"),
            new("Name them by the list DPV-PD.", "Nennen Sie sie nach der Liste DPV-PD."), """["https://w3id.org/dpv/dpv-pd#Age"]""", "dpv:hasPersonalData"),
        Health("population.coverage", a => a.Population?.Coverage?.Values.Count > 0, new("The population covered", "Die erfasste Bevölkerung"),
            new("Say who is included and who is not.", "Sagen Sie, wer enthalten ist und wer nicht."), """{"values":{"de":"Erwachsene mit Schlaganfall, behandelt in Bochum"}}""", "populationCoverage"),
        Health("purposes", a => a.Purposes.Count > 0, new("The purpose of collection", "Der Zweck der Erhebung"),
            new("Say what the data were collected for.", "Sagen Sie, wofür die Daten erhoben wurden."), """[{"iri":"https://w3id.org/dpv#ServiceProvision"}]""", "dpv:hasPurpose"),
        Health("quality_annotations", a => a.QualityAnnotations.Count > 0 || a.QualityLabel is not null, new("A statement on the quality", "Eine Aussage zur Qualität"),
            new("Fill in the quality and utility label, or point to a quality report.", "Füllen Sie das Qualitäts- und Nützlichkeitslabel aus oder verweisen Sie auf einen Qualitätsbericht."), """[{"body":"https://example.org/qualitaet"}]""", "dqv:hasQualityAnnotation"),
        Health("retention_period", a => a.RetentionPeriod is not null, new("The retention period", "Die Aufbewahrungsfrist"),
            new("Say until when the data can be used again.", "Sagen Sie, bis wann die Daten weiter genutzt werden können."), """{"end":"2035-01-01T00:00:00Z"}""", "retentionPeriod"),
        Health("samples", a => a.Samples.Count > 0, new("A sample", "Ein Muster"),
            new("Point to a sample, for example a synthetic one.", "Verweisen Sie auf ein Muster, zum Beispiel ein synthetisches."), """[{"accessUrl":"https://example.org/muster"}]""", "adms:sample"),
        Health("relations", a => Has(a, Kind.Source), new("The source", "Die Quelle"),
            new("Add a relation KIND_SOURCE to what the data were made from.", "Ergänzen Sie eine Beziehung KIND_SOURCE zu dem, woraus die Daten gemacht sind."), """[{"kind":"KIND_SOURCE","target":"https://example.org/quelle"}]""", "dct:source"),
        Health("temporal", a => a.Temporal is not null, new("The time covered", "Der erfasste Zeitraum"),
            new("Give the first and the last time the data are about.", "Geben Sie an, von wann bis wann die Daten reichen."), """{"start":"2020-01-01T00:00:00Z","end":"2025-01-01T00:00:00Z"}""", "dct:temporal"),
        Health("temporal_resolution", a => a.TemporalResolution.Length > 0, new("The temporal resolution", "Die zeitliche Auflösung"),
            new("Give the shortest time that can be told apart.", "Geben Sie die kürzeste unterscheidbare Zeit an."), "\"P1D\"", "dcat:temporalResolution"),
        Health("landing_page", a => a.LandingPage.Length > 0, new("The landing page", "Die Seite zum Datenbestand"),
            new("Give the page on which people read about the data.", "Geben Sie die Seite an, auf der man über die Daten liest."), "\"https://example.org/daten\"", "dcat:landingPage"),
        Health("relations", a => Has(a, Kind.Unspecified), new("A related resource", "Eine verwandte Ressource"),
            new("Add a relation to what belongs to it.", "Ergänzen Sie eine Beziehung zu dem, was dazugehört."), """[{"target":"https://example.org/methodik"}]""", "dct:relation"),
        Health("custodian", a => a.Custodian is not null, new("The data holder with its contact", "Der Dateninhaber mit Kontakt"),
            new("Name who keeps the data and how it is reached.", "Nennen Sie, wer die Daten hält und wie die Stelle zu erreichen ist."), """{"name":"Klinikum Beispiel","url":"https://klinikum.example.org/"}""", "geodcatap:custodian"),
        new("areas", Need.Recommended, a => a.Areas.Count > 0 || a.Places.Count > 0, new("The area covered", "Das erfasste Gebiet"),
            new("Name the areas by their official keys.", "Nennen Sie die Gebiete mit ihren amtlichen Schlüsseln."), """[{"key":"05911000"}]"""),
        new("modalities", Need.Recommended, a => a.Modalities.Count > 0, new("The kind of data", "Die Art der Daten"),
            new("Say what is found in the data, so that fitting competences can be proposed.", "Sagen Sie, was in den Daten steckt, damit passende Kompetenzen vorgeschlagen werden können."), """["image"]"""),
        new("data_space_themes", Need.Recommended, a => a.DataSpaceThemes.Count > 0, new("A theme of the data space", "Ein Thema des Datenraums"),
            new("Choose among the nine themes.", "Wählen Sie unter den neun Themen."), """["DATA_SPACE_THEME_HEALTH"]"""),
    ];

    private static DescriptionItem Health(
        string field, Func<DataAsset, bool> isPresent, Words name, Words advice, string example, string property = "") =>
        new(field, Need.Recommended, isPresent, name, advice, example, $"HealthDCAT-AP R8 {Prefixed(property.Length > 0 ? property : field)}");

    private static string Prefixed(string property) => property.Contains(':', StringComparison.Ordinal) ? property : "healthdcatap:" + property switch
    {
        "health_themes" => "healthTheme",
        _ => property,
    };

    private static bool Has(DataAsset asset, Kind kind) => asset.Relations.Any(r => r.Kind == kind);
}
