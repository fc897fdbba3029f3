using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Needs;

/// <summary>What a need must state, and what the service decides.</summary>
internal static class NeedRules
{
    /// <summary>What its organisation may set.</summary>
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "title", "description", "target_groups", "areas", "languages", "urgency", "source", "themes", "modalities", "purposes", "period",
    };

    public static void CheckOrRefuse(Need need)
    {
        var violations = new Violations("need");
        violations.RequireText("title", need.Title, Lengths.Title);
        violations.CheckText("description", need.Description, Lengths.Description);
        violations.CheckWords("target_groups", need.TargetGroups, Lengths.Word, most: 20);
        violations.CheckAreas("areas", need.Areas, ValueRules.MostAreas);
        violations.CheckLanguages("languages", need.Languages);
        violations.Unless(
            need.Urgency != Need.Types.Urgency.Unspecified && Enum.IsDefined(need.Urgency),
            "urgency",
            "Say how soon help is needed: URGENCY_LOW, URGENCY_NORMAL or URGENCY_HIGH.",
            "Sagen Sie, wie bald Hilfe nötig ist: URGENCY_LOW (eines Tages), URGENCY_NORMAL (in diesem Jahr) oder URGENCY_HIGH (jetzt).");
        violations.Unless(
            need.Source != Need.Types.Source.Unspecified && Enum.IsDefined(need.Source),
            "source",
            "Say where the need was found out, for example SOURCE_LEARNING_WORKSHOP or SOURCE_CARE.",
            "Sagen Sie, wo der Bedarf ermittelt wurde, zum Beispiel SOURCE_LEARNING_WORKSHOP (Lernwerkstatt) oder SOURCE_CARE (Versorgung).");
        violations.CheckIris("themes", need.Themes);
        violations.CheckWords("modalities", need.Modalities, Lengths.Word, most: 20);
        violations.CheckIris("purposes", need.Purposes);
        violations.CheckPeriod("period", need.Period);
        violations.ThrowIfAny("The need is incomplete or wrong.");
    }
}
