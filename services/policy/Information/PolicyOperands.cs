using Ecosystem.Odrl;

namespace Ecosystem.Policy.Information;

/// <summary>What a policy compares, and with what.</summary>
internal static class PolicyOperands
{
    /// <summary>Every constraint of the policy that a decision looks at.</summary>
    public static IEnumerable<Constraint> ConstraintsOf(OdrlPolicy policy) =>
        policy.Permissions.Cast<Rule>().Concat(policy.Prohibitions).Concat(policy.Obligations).SelectMany(ConstraintsOf);

    /// <summary>The values that the policy compares a left operand with.</summary>
    public static IEnumerable<string> WantedOf(OdrlPolicy policy, string leftOperand) => ConstraintsOf(policy)
        .Where(constraint => constraint.LeftOperand == leftOperand)
        .SelectMany(constraint => constraint.RightOperands).Select(value => value.Lexical).Distinct(StringComparer.Ordinal);

    private static IEnumerable<Constraint> ConstraintsOf(Rule rule)
    {
        var duties = rule is Permission permission ? permission.Duties.SelectMany(ConstraintsOf) : [];
        return rule.Constraints.Concat(new[] { rule.Assignees, rule.Targets, rule.Actions }.SelectMany(terms => terms).SelectMany(term => term.Refinements))
            .SelectMany(Leaves).Concat(duties);
    }

    private static IEnumerable<Constraint> Leaves(Condition condition) => condition switch
    {
        LogicalConstraint logical => logical.Operands.SelectMany(Leaves),
        Constraint constraint => [constraint],
        _ => [],
    };
}
