namespace Ecosystem.Odrl;

/// <summary>Finds out how duties stand: as observed, or violated because their deadline has passed.</summary>
internal sealed class DutyEvaluator(UsageRequest request, StateOfTheWorld world, PremiseEvaluator premises)
{
    public RuleReport Report(Duty duty, RuleReportKind kind)
    {
        var found = premises.Premises(duty, anyIsEnough: false, withAction: false);
        var overdue = Deadlines(duty).Any(deadline => premises.Condition(deadline).Satisfaction is Satisfaction.Unsatisfied);
        var active = overdue || Logic.All(found.Select(premise => premise.Satisfaction)) is not Satisfaction.Unsatisfied;
        return new(
            kind,
            duty.Uid,
            request.Uid,
            active ? ActivationState.Active : ActivationState.Inactive,
            StateOf(duty, overdue),
            found,
            duty.Consequences.Select(consequence => Report(consequence, RuleReportKind.DutyReport)).ToSequence());
    }

    /// <summary>The duties that still have to be fulfilled: the duty itself and, once it is violated, its consequences.</summary>
    public static IEnumerable<DueDuty> Due(Duty duty, RuleReport report, DutySource source)
    {
        if (report.Activation is ActivationState.Inactive || report.Deontic is DeonticState.Fulfilled)
            yield break;
        yield return new(duty, source, report.Deontic, Wording.OfDuty(duty));
        if (report.Deontic is not DeonticState.Violated)
            yield break;
        for (var index = 0; index < duty.Consequences.Count; index++)
        {
            foreach (var due in Due(duty.Consequences[index], report.Conditions[index], DutySource.Consequence))
                yield return due;
        }
    }

    /// <summary>The conditions until when the duty must be fulfilled, however they are nested.</summary>
    public static IEnumerable<Condition> Deadlines(Duty duty) =>
        Plain(duty.Constraints).Concat(duty.Actions.SelectMany(action => Plain(action.Refinements)))
            .Where(condition => condition is Constraint { LeftOperand: OdrlTerms.DateTime, Operator: ComparisonOperator.Lt or ComparisonOperator.Lteq });

    private static Sequence<Condition> Plain(Sequence<Condition> conditions) =>
        conditions.Any(condition => condition is LogicalConstraint) ? NormalCondition.OfAll(conditions) : conditions;

    private DeonticState StateOf(Duty duty, bool overdue)
    {
        var observed = duty.Uid is { } uid ? world.Duties.GetValueOrDefault(uid) : DeonticState.NonSet;
        return observed is DeonticState.NonSet && overdue ? DeonticState.Violated : observed;
    }
}
