namespace Ecosystem.Odrl;

/// <summary>
/// One way of writing for policies that mean the same: one target, party and action for each rule (Information Model 2.2, section 2.7.2),
/// combinations without needless nesting or repetition, everything in a fixed order. Decisions stay what they were.
/// </summary>
public static class PolicyNormalForm
{
    // A rule that names more combinations than this stays whole: nobody reads so many rules, and few lines of text could make millions.
    private const int MostCombinations = 4096;

    /// <summary>Brings a policy into its normal form.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>A policy that decides every request alike; the same for policies that differ in order, nesting and repetition only.</returns>
    public static OdrlPolicy Of(OdrlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy with
        {
            Profiles = policy.Profiles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToSequence(),
            Permissions = Ordered(policy.Permissions.Select(Conditions).Select(rule => rule with { Duties = Duties(rule.Duties) }).SelectMany(Split)),
            Prohibitions = Ordered(policy.Prohibitions.Select(Conditions).Select(rule => rule with { Remedies = Duties(rule.Remedies) }).SelectMany(Split)),
            Obligations = Duties(policy.Obligations),
        };
    }

    // A duty stays whole: two duties are not the same as one for either of two parties.
    private static Sequence<Duty> Duties(Sequence<Duty> duties) =>
        Ordered(duties.Select(Conditions).Select(duty => duty with { Consequences = Duties(duty.Consequences) }));

    private static Sequence<T> Ordered<T>(IEnumerable<T> rules)
        where T : Rule => rules.Distinct().OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal).ToSequence();

    private static T Conditions<T>(T rule)
        where T : Rule => rule with
        {
            Constraints = NormalCondition.OfAll(rule.Constraints),
            Targets = Terms(rule.Targets),
            Actions = Terms(rule.Actions),
            Assignees = Terms(rule.Assignees),
            Assigners = Terms(rule.Assigners),
        };

    private static Sequence<RuleTerm> Terms(Sequence<RuleTerm> terms) =>
        terms.Select(term => term with { Refinements = NormalCondition.OfAll(term.Refinements) })
            .Distinct().OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal).ToSequence();

    private static IEnumerable<T> Split<T>(T rule)
        where T : Rule
    {
        var (targets, actions, assignees) = (Each(rule.Targets), Each(rule.Actions), Each(rule.Assignees));
        return (long)targets.Count * actions.Count * assignees.Count > MostCombinations
            ? [rule]
            : from target in targets
              from action in actions
              from assignee in assignees
              select rule with { Targets = target, Actions = action, Assignees = assignee };
    }

    private static List<Sequence<RuleTerm>> Each(Sequence<RuleTerm> terms) =>
        terms.Count == 0 ? [[]] : [.. terms.Select(term => (Sequence<RuleTerm>)[term])];
}
