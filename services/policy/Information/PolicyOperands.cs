using Ecosystem.Odrl;

namespace Ecosystem.Policy.Information;

/// <summary>What the decisions under a policy compare, and with what.</summary>
internal static class PolicyOperands
{
    /// <summary>
    /// Every constraint that a decision looks at, those of consequences among them: with a permitted use it is told what is due since an obligation was
    /// neglected. The remedies of a prohibition are left out: they follow its violation, which no decision here knows of, so nobody is asked about them.
    /// </summary>
    public static IEnumerable<Constraint> ConstraintsOf(OdrlPolicy policy) =>
        policy.Permissions.Cast<Rule>().Concat(policy.Obligations).SelectMany(PolicyWalk.WithNested).Concat(policy.Prohibitions).SelectMany(PolicyWalk.ConstraintsOf);

    /// <summary>The values that the policy compares a left operand with.</summary>
    public static IEnumerable<string> WantedOf(OdrlPolicy policy, string leftOperand) => ConstraintsOf(policy)
        .Where(constraint => constraint.LeftOperand == leftOperand)
        .SelectMany(constraint => constraint.RightOperands).Select(value => value.Lexical).Distinct(StringComparer.Ordinal);
}
