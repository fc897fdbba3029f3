using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Showcase;

/// <summary>What a proof must say.</summary>
internal static class EvidenceRules
{
    public static void CheckEvidence(this Violations violations, string field, RepeatedField<Evidence> evidence)
    {
        violations.CheckCount(field, evidence.Count);
        for (int i = 0; i < evidence.Count; i++)
        {
            Check($"{field}[{i}]", evidence[i], violations);
        }
    }

    private static void Check(string field, Evidence evidence, Violations violations)
    {
        violations.Unless(
            evidence.Kind != Evidence.Types.Kind.Unspecified && Enum.IsDefined(evidence.Kind),
            $"{field}.kind",
            "Say what kind of proof it is: KIND_PUBLICATION, KIND_BENCHMARK, KIND_EXTERNAL_VALIDATION or KIND_CERTIFICATION.",
            "Sagen Sie, welche Art von Nachweis es ist: KIND_PUBLICATION (Veröffentlichung), KIND_BENCHMARK (Vergleichstest), KIND_EXTERNAL_VALIDATION (Prüfung durch andere) oder KIND_CERTIFICATION (Zertifikat).");
        violations.Unless(
            !string.IsNullOrWhiteSpace(evidence.Statement),
            $"{field}.statement",
            "Say in a sentence what the proof shows.",
            "Sagen Sie in einem Satz, was der Nachweis zeigt.");
        violations.CheckLine($"{field}.statement", evidence.Statement, 2_000);
        violations.CheckLine($"{field}.issuer", evidence.Issuer, 300);
        violations.CheckWebAddress($"{field}.url", evidence.Url);
        violations.Unless(
            evidence.IssueTime is not { } issued || evidence.ExpireTime is not { } expires || issued < expires,
            $"{field}.expire_time",
            "A proof cannot expire before it is issued.",
            "Ein Nachweis kann nicht ablaufen, bevor er ausgestellt ist.");
        violations.CheckCount($"{field}.figures", evidence.Figures.Count);
        for (int i = 0; i < evidence.Figures.Count; i++)
        {
            violations.Unless(
                !string.IsNullOrWhiteSpace(evidence.Figures[i].Name) && double.IsFinite(evidence.Figures[i].Value),
                $"{field}.figures[{i}]",
                "A figure needs the name of what was measured and a number.",
                "Eine Kennzahl braucht den Namen dessen, was gemessen wurde, und eine Zahl.");
            violations.CheckLine($"{field}.figures[{i}].name", evidence.Figures[i].Name, 300);
        }
    }
}
