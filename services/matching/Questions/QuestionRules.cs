using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Questions;

/// <summary>What a question must state, and what the service decides.</summary>
internal static class QuestionRules
{
    public const int MostDataAssets = 20;
    public const int MostComments = 500;
    public const int LongestComment = 5_000;

    /// <summary>What its proposer may set.</summary>
    public static readonly IReadOnlySet<string> Settable =
        new HashSet<string>(StringComparer.Ordinal) { "title", "description", "data_asset_ids", "purpose", "areas" };

    public static void CheckOrRefuse(Question question, ProfileIndex profiles)
    {
        var violations = new Violations("question");
        violations.RequireText("title", question.Title, Lengths.Title);
        violations.CheckText("description", question.Description, Lengths.Description);
        violations.Unless(
            question.DataAssetIds.Count is > 0 and <= MostDataAssets,
            "data_asset_ids",
            $"Name 1 to {MostDataAssets} data assets by the ids that the catalogue gave.",
            $"Nennen Sie 1 bis {MostDataAssets} Datenbestände mit den Kennungen, die der Katalog vergeben hat.");
        violations.Unless(
            question.DataAssetIds.Distinct(StringComparer.Ordinal).Count() == question.DataAssetIds.Count,
            "data_asset_ids",
            "Name each data asset once.",
            "Nennen Sie jeden Datenbestand einmal.");
        violations.CheckIri("purpose", question.Purpose);
        violations.CheckAreas("areas", question.Areas, ValueRules.MostAreas);
        violations.ThrowIfAny("The question is incomplete or wrong.");

        foreach (string id in question.DataAssetIds)
        {
            if (profiles.Asset(id) is null) throw Refusals.NoProfile("data asset", id, "Choose one that is published in the catalogue");
        }
    }
}
