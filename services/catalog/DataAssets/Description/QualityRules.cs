using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Quality annotations and the quality and utility label (EHDS Art. 78).</summary>
internal static class QualityRules
{
    public static void CheckAll(DataAsset asset, Violations violations)
    {
        violations.CheckCount("quality_annotations", asset.QualityAnnotations.Count);
        for (int i = 0; i < asset.QualityAnnotations.Count; i++)
        {
            QualityAnnotation annotation = asset.QualityAnnotations[i];
            violations.Unless(
                AddressRules.IsIri(annotation.Body),
                $"quality_annotations[{i}].body",
                "Say where the statement on the quality can be read, as an IRI.",
                "Geben Sie als IRI an, wo die Aussage zur Qualität zu lesen ist.");
            violations.CheckText($"quality_annotations[{i}].statement", annotation.Statement, 2_000);
            violations.CheckIri($"quality_annotations[{i}].iri", annotation.Iri);
        }

        if (asset.QualityLabel is { } label)
        {
            CheckLabel(label, violations);
        }
    }

    private static void CheckLabel(QualityAndUtilityLabel label, Violations violations)
    {
        if (label.Documentation is { } documentation)
        {
            violations.CheckIris("quality_label.documentation.pages", documentation.Pages);
            violations.CheckIris("quality_label.documentation.standards", documentation.Standards);
        }

        if (label.TechnicalQuality is { } technical)
        {
            const string Field = "quality_label.technical_quality";
            violations.CheckShare($"{Field}.completeness", technical.HasCompleteness, technical.Completeness);
            violations.CheckShare($"{Field}.uniqueness", technical.HasUniqueness, technical.Uniqueness);
            violations.CheckShare($"{Field}.accuracy", technical.HasAccuracy, technical.Accuracy);
            violations.CheckShare($"{Field}.validity", technical.HasValidity, technical.Validity);
            violations.CheckShare($"{Field}.timeliness", technical.HasTimeliness, technical.Timeliness);
            violations.CheckShare($"{Field}.consistency", technical.HasConsistency, technical.Consistency);
            violations.CheckText($"{Field}.method", technical.Method, 20_000);
        }

        if (label.QualityManagement is { } management)
        {
            violations.Unless(
                !management.HasMaturity || management.Maturity is >= 1 and <= 5,
                "quality_label.quality_management.maturity",
                "The maturity is a level from 1 (as it comes) to 5 (measured and improved all the time).",
                "Die Reife ist eine Stufe von 1 (wie es kommt) bis 5 (ständig gemessen und verbessert).");
            violations.CheckText("quality_label.quality_management.description", management.Description, 20_000);
        }

        if (label.Coverage is { } coverage)
        {
            violations.CheckShare("quality_label.coverage.representativity", coverage.HasRepresentativity, coverage.Representativity);
            violations.CheckDuration("quality_label.coverage.mean_follow_up", coverage.MeanFollowUp);
            violations.CheckText("quality_label.coverage.description", coverage.Description, 20_000);
        }

        violations.CheckDuration("quality_label.timeliness.time_to_data", label.Timeliness?.TimeToData ?? string.Empty);
        violations.CheckDuration("quality_label.timeliness.time_to_access", label.Timeliness?.TimeToAccess ?? string.Empty);
        violations.CheckText("quality_label.enrichment.description", label.Enrichment?.Description, 20_000);
    }
}
