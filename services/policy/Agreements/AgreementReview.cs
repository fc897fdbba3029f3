using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Review = Ecosystem.Policy.V1.Agreement.Types.Review;
using Stage = Ecosystem.Policy.V1.Agreement.Types.ReviewStage;
using Verdict = Ecosystem.Policy.V1.Agreement.Types.ReviewVerdict;

namespace Ecosystem.Policy.Agreements;

/// <summary>The stages of the legal review: one after the other, each by somebody else.</summary>
internal static class AgreementReview
{
    /// <summary>Makes all stages open: those that are asked for, data protection always first.</summary>
    public static void Begin(this Agreement agreement, IEnumerable<Stage> stages)
    {
        var needed = stages.Append(Stage.DataProtection).Where(stage => stage is not Stage.Unspecified).Distinct().Order().ToList();
        agreement.Reviews.Clear();
        agreement.Reviews.Add(needed.Select(stage => new Review { Stage = stage }));
    }

    /// <summary>The stage that is open; null when all are done.</summary>
    public static Review? OpenReview(this Agreement agreement)
    {
        // Requests from before there were stages have one.
        if (agreement.Reviews.Count == 0)
            agreement.Begin([]);
        return agreement.Reviews.FirstOrDefault(review => review.Verdict is Verdict.Unspecified);
    }

    public static void AlsoNeeds(this Agreement agreement, IEnumerable<Stage> stages) => agreement.Reviews.Add(stages
        .Where(stage => stage is not Stage.Unspecified && agreement.Reviews.All(review => review.Stage != stage)).Distinct().Order().Select(stage => new Review { Stage = stage }));

    public static Sentence Name(Stage stage) => stage is Stage.Ethics
        ? new("ethische Prüfung", "ethics review")
        : new("datenschutzrechtliche Prüfung", "data-protection review");
}
