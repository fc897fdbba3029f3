namespace Ecosystem.Odrl;

/// <summary>
/// Decides whether a use is permitted, after the ODRL Information Model 2.2 and the access-control scenario of the W3C formal semantics draft.
/// What is not permitted is denied; a permission needs every premise to hold, a prohibition applies unless a premise certainly fails.
/// </summary>
public static class PolicyEvaluator
{
    /// <summary>Decides a request.</summary>
    /// <param name="policy">The policy; inherited rules must have been resolved, see <see cref="PolicyInheritance"/>.</param>
    /// <param name="request">The use.</param>
    /// <param name="world">What is the case.</param>
    /// <param name="vocabulary">What is known of actions and concepts; <see cref="OdrlVocabulary.Standard"/> when null.</param>
    /// <returns>The decision with its reasons, duties and report.</returns>
    public static Decision Evaluate(OdrlPolicy policy, UsageRequest request, StateOfTheWorld world, OdrlVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(world);
        var premises = new PremiseEvaluator(request, world, vocabulary ?? OdrlVocabulary.Standard);
        var duties = new DutyEvaluator(request, world, premises);

        var permissions = policy.Permissions.Select(rule => (Rule: rule, Report: Report(rule, premises, duties, request))).ToList();
        var prohibitions = policy.Prohibitions.Select(rule => (Rule: rule, Report: Report(rule, premises, duties, world, request))).ToList();
        var obligations = policy.Obligations.Select(rule => (Rule: rule, Report: duties.Report(rule, RuleReportKind.ObligationReport))).ToList();

        var applicable = permissions.Where(permission => Holds(permission.Report.Premises)).ToList();
        var granted = applicable.Where(permission => permission.Report.Activation is ActivationState.Active)
            .OrderBy(permission => Due(permission).Count()).ToList();
        var forbidding = prohibitions.Where(prohibition => prohibition.Report.Activation is ActivationState.Active).ToList();
        var cause = CauseOf(policy.Conflict, applicable.Count > 0, granted.Count > 0, forbidding.Count > 0);

        var due = obligations.SelectMany(obligation => DutyEvaluator.Due(obligation.Rule, obligation.Report, DutySource.Obligation))
            .Concat(prohibitions.Where(prohibition => prohibition.Report.Deontic is DeonticState.Violated)
                .SelectMany(prohibition => prohibition.Rule.Remedies.SelectMany((remedy, index) => DutyEvaluator.Due(remedy, prohibition.Report.Conditions[index], DutySource.Remedy))));
        if (cause is DecisionCause.Permitted)
            due = Due(granted[0]).Concat(due);
        else if (cause is DecisionCause.DutyViolated)
            due = Due(applicable[0]).Concat(due);

        var report = new PolicyReport(
            policy.Uid,
            world.CurrentTime,
            permissions.Select(rule => rule.Report).Concat(prohibitions.Select(rule => rule.Report)).Concat(obligations.Select(rule => rule.Report)).ToSequence());
        return new(cause, due.ToSequence(), Wording.Reasons(cause, report, request).ToSequence(), report);
    }

    internal static DecisionCause CauseOf(ConflictStrategy strategy, bool hasActivePermission, bool isGranted, bool isForbidden) => (isGranted, isForbidden) switch
    {
        (true, false) => DecisionCause.Permitted,
        (true, true) => strategy switch
        {
            ConflictStrategy.Permission => DecisionCause.Permitted,
            ConflictStrategy.Prohibition => DecisionCause.Prohibited,
            _ => DecisionCause.PolicyInConflict,
        },
        (false, true) => DecisionCause.Prohibited,
        (false, false) => hasActivePermission ? DecisionCause.DutyViolated : DecisionCause.NoPermission,
    };

    private static RuleReport Report(Permission rule, PremiseEvaluator premises, DutyEvaluator duties, UsageRequest request)
    {
        var found = premises.Premises(rule, anyIsEnough: false);
        var conditions = rule.Duties.Select(duty => duties.Report(duty, RuleReportKind.DutyReport)).ToSequence();

        // A duty that was violated can no longer be fulfilled, and a permission is active only with its conditions.
        var active = Holds(found) && !conditions.Any(IsViolated);
        return new(
            RuleReportKind.PermissionReport, rule.Uid, request.Uid, active ? ActivationState.Active : ActivationState.Inactive, DeonticState.NonSet, found, conditions);
    }

    private static bool Holds(Sequence<PremiseReport> premises) => Logic.All(premises.Select(premise => premise.Satisfaction)) is Satisfaction.Satisfied;

    private static RuleReport Report(Prohibition rule, PremiseEvaluator premises, DutyEvaluator duties, StateOfTheWorld world, UsageRequest request)
    {
        var found = premises.Premises(rule, anyIsEnough: true);
        var active = Logic.All(found.Select(premise => premise.Satisfaction)) is not Satisfaction.Unsatisfied;
        var state = rule.Uid is { } uid ? world.Duties.GetValueOrDefault(uid) : DeonticState.NonSet;
        return new(
            RuleReportKind.ProhibitionReport, rule.Uid, request.Uid, active ? ActivationState.Active : ActivationState.Inactive, state,
            found, rule.Remedies.Select(remedy => duties.Report(remedy, RuleReportKind.DutyReport)).ToSequence());
    }

    private static IEnumerable<DueDuty> Due((Permission Rule, RuleReport Report) permission) =>
        permission.Rule.Duties.SelectMany((duty, index) => DutyEvaluator.Due(duty, permission.Report.Conditions[index], DutySource.Permission));

    private static bool IsViolated(RuleReport duty) =>
        duty is { Activation: ActivationState.Active, Deontic: DeonticState.Violated };
}
