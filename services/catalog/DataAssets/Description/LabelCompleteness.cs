using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>How complete the quality and utility label is: the six groups of EHDS Art. 78 (3), item by item.</summary>
internal static class LabelCompleteness
{
    private static readonly IReadOnlyList<(string Field, Words Name, Func<QualityAndUtilityLabel, bool> IsPresent)> Items =
    [
        ("documentation.has_data_dictionary", new("(a) data dictionary", "(a) Datenwörterbuch"), l => l.Documentation?.HasHasDataDictionary == true),
        ("documentation.has_provenance", new("(a) origin", "(a) Herkunft"), l => l.Documentation?.HasHasProvenance == true),
        ("documentation.pages", new("(a) documentation", "(a) Dokumentation"), l => l.Documentation?.Pages.Count > 0),
        ("documentation.standards", new("(a) standards", "(a) Standards"), l => l.Documentation?.Standards.Count > 0),
        ("technical_quality.completeness", new("(b) completeness", "(b) Vollständigkeit"), l => l.TechnicalQuality?.HasCompleteness == true),
        ("technical_quality.uniqueness", new("(b) uniqueness", "(b) Eindeutigkeit"), l => l.TechnicalQuality?.HasUniqueness == true),
        ("technical_quality.accuracy", new("(b) accuracy", "(b) Richtigkeit"), l => l.TechnicalQuality?.HasAccuracy == true),
        ("technical_quality.validity", new("(b) validity", "(b) Gültigkeit"), l => l.TechnicalQuality?.HasValidity == true),
        ("technical_quality.timeliness", new("(b) timeliness", "(b) Aktualität"), l => l.TechnicalQuality?.HasTimeliness == true),
        ("technical_quality.consistency", new("(b) consistency", "(b) Widerspruchsfreiheit"), l => l.TechnicalQuality?.HasConsistency == true),
        ("quality_management.maturity", new("(c) maturity of quality management", "(c) Reife des Qualitätsmanagements"), l => l.QualityManagement?.HasMaturity == true),
        ("quality_management.is_audited", new("(c) audits", "(c) Audits"), l => l.QualityManagement?.HasIsAudited == true),
        ("coverage.representativity", new("(d) representativity", "(d) Repräsentativität"), l => l.Coverage?.HasRepresentativity == true),
        ("coverage.mean_follow_up", new("(d) follow-up time", "(d) Beobachtungsdauer"), l => l.Coverage?.MeanFollowUp.Length > 0),
        ("timeliness.time_to_data", new("(e) time until the data are there", "(e) Zeit, bis die Daten vorliegen"), l => l.Timeliness?.TimeToData.Length > 0),
        ("timeliness.time_to_access", new("(e) time until access", "(e) Zeit bis zum Zugang"), l => l.Timeliness?.TimeToAccess.Length > 0),
        ("enrichment.is_linked", new("(f) linked data", "(f) Verknüpfungen"), l => l.Enrichment?.HasIsLinked == true),
        ("enrichment.description", new("(f) enrichments", "(f) Anreicherungen"), l => l.Enrichment?.Description?.Values.Count > 0),
    ];

    public static Completeness Of(QualityAndUtilityLabel label)
    {
        var missing = Items.Where(i => !i.IsPresent(label)).ToList();
        return Counting.Of(Items.Count, [.. missing.Select(i => i.Field)], [.. missing.Select(i => i.Name)]);
    }
}
