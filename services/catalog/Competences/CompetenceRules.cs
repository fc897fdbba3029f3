using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.Competences;

/// <summary>What a description of a competence must and must not say.</summary>
internal static class CompetenceRules
{
    /// <summary>The fields that the provider decides on; all others are the catalogue's.</summary>
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "title", "description", "methods", "modalities", "themes", "areas", "languages", "evidence", "purposes",
    };

    public static void Check(Competence competence, Violations violations)
    {
        violations.RequireText("title", competence.Title, 300);
        violations.RequireText("description", competence.Description, 20_000);
        violations.CheckWords("methods", competence.Methods, 300);
        violations.CheckWords("modalities", competence.Modalities, 100);
        violations.CheckIris("themes", competence.Themes);
        violations.CheckAreas("areas", competence.Areas);
        violations.CheckWords("languages", competence.Languages, 35);
        violations.CheckIris("purposes", competence.Purposes);
        violations.CheckCount("evidence", competence.Evidence.Count);
        violations.Unless(
            competence.Evidence.Count > 0,
            "evidence",
            "At least one proof that the competence works is required: a publication, a benchmark, a validation by others or a certificate.");
        for (int i = 0; i < competence.Evidence.Count; i++)
        {
            CheckEvidence($"evidence[{i}]", competence.Evidence[i], violations);
        }
    }

    private static void CheckEvidence(string field, Evidence evidence, Violations violations)
    {
        violations.Unless(
            evidence.Kind != Evidence.Types.Kind.Unspecified && Enum.IsDefined(evidence.Kind),
            $"{field}.kind",
            "Say what kind of proof it is: KIND_PUBLICATION, KIND_BENCHMARK, KIND_EXTERNAL_VALIDATION or KIND_CERTIFICATION.");
        violations.Unless(!string.IsNullOrWhiteSpace(evidence.Statement), $"{field}.statement", "Say in a sentence what the proof shows.");
        violations.CheckLine($"{field}.statement", evidence.Statement, 2_000);
        violations.CheckWebAddress($"{field}.url", evidence.Url);
    }
}
