namespace Ecosystem.Odrl;

/// <summary>Finds the rules and the constraints of a policy, wherever they are nested.</summary>
public static class PolicyWalk
{
    /// <summary>Every rule of a policy: permissions, prohibitions and obligations in this order, each followed by what is nested in it.</summary>
    /// <param name="policy">The policy; rules that it inherits are not among them, see <see cref="PolicyInheritance"/>.</param>
    public static IEnumerable<Rule> RulesOf(OdrlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Permissions.Cast<Rule>().Concat(policy.Prohibitions).Concat(policy.Obligations).SelectMany(WithNested);
    }

    /// <summary>A rule, followed by the duties of a permission, the remedies of a prohibition or the consequences of a duty, each with theirs.</summary>
    /// <param name="rule">The rule.</param>
    public static IEnumerable<Rule> WithNested(Rule rule) => (rule switch
    {
        Permission permission => permission.Duties,
        Prohibition prohibition => prohibition.Remedies,
        Duty duty => duty.Consequences,
        _ => [],
    }).SelectMany(WithNested).Prepend(rule);

    /// <summary>
    /// The constraints on which it depends whether a rule applies: its own, and the refinements of its assignees, targets and actions. Those of the
    /// rules nested in it are not among them.
    /// </summary>
    /// <param name="rule">The rule.</param>
    public static IEnumerable<Constraint> ConstraintsOf(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return ConstraintsOf(rule.Constraints.Concat(rule.Assignees.Concat(rule.Targets).Concat(rule.Actions).SelectMany(term => term.Refinements)));
    }

    /// <summary>The constraints that conditions consist of, logical ones taken apart.</summary>
    /// <param name="conditions">The conditions.</param>
    public static IEnumerable<Constraint> ConstraintsOf(IEnumerable<Condition> conditions) => conditions.SelectMany(condition => condition switch
    {
        LogicalConstraint logical => ConstraintsOf(logical.Operands),
        Constraint constraint => [constraint],
        _ => [],
    });
}
