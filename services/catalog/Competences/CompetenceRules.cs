using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.Competences;

/// <summary>What a description of a competence must and must not say.</summary>
internal static class CompetenceRules
{
    /// <summary>The fields that the provider decides on; all others are the catalogue's.</summary>
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "title", "description", "methods", "modalities", "themes", "areas", "languages", "evidence", "purposes", "skills", "health_categories", "capacity",
        "offered_until",
    };

    public static void Check(Competence competence, Violations violations)
    {
        NeverData.Check(competence, Settable, violations);
        violations.CheckTimes(competence, Settable);
        violations.RequireText("title", competence.Title, 300);
        violations.RequireText("description", competence.Description, 20_000);
        violations.CheckWords("methods", competence.Methods, 300);
        violations.CheckWords("modalities", competence.Modalities, 100);
        violations.CheckIris("themes", competence.Themes);
        violations.CheckAreas("areas", competence.Areas);
        violations.CheckWords("languages", competence.Languages, 35);
        violations.CheckIris("purposes", competence.Purposes);
        violations.CheckWords("skills", competence.Skills, 300);
        violations.CheckIris("health_categories", competence.HealthCategories);
        violations.CheckText("capacity.note", competence.Capacity?.Note, 2_000);
        violations.CheckNotNegative("capacity.projects_at_once", competence.Capacity?.ProjectsAtOnce ?? 0);
        violations.Unless(
            competence.Evidence.Count > 0,
            "evidence",
            "At least one proof that the competence works is required: a publication, a benchmark, a validation by others or a certificate.",
            "Nötig ist mindestens ein Nachweis, dass die Kompetenz trägt: eine Veröffentlichung, ein Vergleichstest, eine Prüfung durch andere oder ein Zertifikat.");
        violations.CheckEvidence("evidence", competence.Evidence);
    }
}
