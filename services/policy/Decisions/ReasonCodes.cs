using Ecosystem.Odrl;
using Ecosystem.Policy.Information;

namespace Ecosystem.Policy.Decisions;

/// <summary>The reasons of a policy decision with codes that programs can rely on.</summary>
internal static class ReasonCodes
{
    /// <param name="decision">The decision.</param>
    /// <param name="facts">What was known of the use from elsewhere than its own words.</param>
    public static IEnumerable<(string Code, Sentence Sentence)> Of(Decision decision, IReadOnlyList<KnownFact> facts)
    {
        if (decision.IsPermitted)
            return decision.Reasons.Take(1).Select(reason => ("PERMITTED", reason));
        if (decision.Cause is DecisionCause.DutyViolated)
            return decision.Reasons.Select(reason => ("DUTY_VIOLATED", reason));
        var found = decision.Cause is DecisionCause.NoPermission ? FailedPremises(decision) : ForbiddingPremises(decision);
        var overall = decision.Cause switch
        {
            DecisionCause.Prohibited => "PROHIBITED",
            DecisionCause.PolicyInConflict => "POLICY_CONFLICT",
            _ => "NOT_PERMITTED",
        };
        var reasons = found.Select(premise => BySource(premise, facts) ?? (CodeOf(premise), premise.Reason)).DistinctBy(reason => (reason.Item1, reason.Reason)).ToList();
        return reasons.Count > 0 ? reasons.Append((overall, decision.Reasons[0])) : [(overall, decision.Reasons[0])];
    }

    // A permission for another action says nothing about this use, unless there is no other permission.
    private static List<PremiseReport> FailedPremises(Decision decision)
    {
        var permissions = decision.Report.Rules.Where(rule => rule.Kind is RuleReportKind.PermissionReport).ToList();
        var close = permissions.Where(rule => !rule.Premises.Any(premise => premise is { Kind: PremiseKind.ActionReport, Satisfaction: not Satisfaction.Satisfied })).ToList();
        return [.. (close.Count > 0 ? close : permissions).SelectMany(rule => rule.Premises).SelectMany(premise => Leaves(premise, failed: true))];
    }

    private static IEnumerable<PremiseReport> ForbiddingPremises(Decision decision) =>
        decision.Report.Rules.Where(rule => rule is { Kind: RuleReportKind.ProhibitionReport, Activation: ActivationState.Active })
            .SelectMany(rule => rule.Premises).SelectMany(premise => Leaves(premise, failed: false));

    private static IEnumerable<PremiseReport> Leaves(PremiseReport premise, bool failed)
    {
        if (failed == premise.Satisfaction is Satisfaction.Satisfied)
            return [];
        return premise.Parts.Count == 0 ? [premise] : premise.Parts.SelectMany(part => Leaves(part, failed)).DefaultIfEmpty(premise);
    }

    /// <summary>Where a source was silent that is the reason, not that nothing was stated.</summary>
    private static (string Code, Sentence Reason)? BySource(PremiseReport premise, IReadOnlyList<KnownFact> facts)
    {
        if (premise.Satisfaction is not Satisfaction.Undetermined || facts.FirstOrDefault(fact => fact.LeftOperand == premise.LeftOperand) is not { } fact)
            return null;
        return fact switch
        {
            { Missing: { } why } => ("SOURCE_SILENT", new($"{why.German} {premise.Reason.German}", $"{why.English} {premise.Reason.English}")),
            { LeftOperand: KnownFact.Consent } => ("CONSENT_MISSING", new(
                "Es liegt keine Einwilligung vor, die diese Nutzung deckt.", "There is no consent that covers this use.")),
            _ => null,
        };
    }

    private static string CodeOf(PremiseReport premise) => premise.Kind switch
    {
        PremiseKind.ActionReport => "ACTION_NOT_ALLOWED",
        PremiseKind.PartyReport => "PARTY_NOT_ALLOWED",
        PremiseKind.TargetReport => "ASSET_NOT_COVERED",
        _ when premise is { Satisfaction: Satisfaction.Undetermined, LeftOperand: { } operand } && ConnectorTerms.Stateable.Contains(operand) => "STATEMENT_MISSING",
        _ => premise.LeftOperand switch
        {
            OdrlTerms.Purpose => "PURPOSE_NOT_ALLOWED",
            OdrlTerms.Count => "COUNT_EXHAUSTED",
            OdrlTerms.DateTime => "TIME_NOT_ALLOWED",
            KnownFact.Consent => "CONSENT_MISSING",
            _ => "CONDITION_NOT_MET",
        },
    };
}
