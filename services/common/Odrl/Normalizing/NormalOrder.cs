namespace Ecosystem.Odrl;

/// <summary>Sorting keys of the parts of a policy; different parts have different keys.</summary>
internal static class NormalOrder
{
    public static string KeyOf(OdrlValue value) => $"{(value.IsIri ? "@" : "=")}{value.Lexical}^{value.DataType}";

    public static string KeyOf(RuleTerm term) => $"{term.Iri} <{term.Source} [{Join(term.Refinements, KeyOf)}]";

    public static string KeyOf(Condition condition) => condition switch
    {
        Constraint constraint => string.Join(
            ' ',
            constraint.LeftOperand,
            constraint.Operator,
            Join(constraint.RightOperands, KeyOf),
            constraint.RightOperandReference,
            constraint.Unit,
            constraint.Anchor is { } anchor ? KeyOf(anchor) : "",
            constraint.Uid),
        LogicalConstraint logical => $"{logical.Operator}({Join(logical.Operands, KeyOf)}) {logical.Uid}",
        _ => condition.ToString(),
    };

    public static string KeyOf(Rule rule) => string.Join(
        '\n',
        Join(rule.Targets, KeyOf),
        Join(rule.Actions, KeyOf),
        Join(rule.Assignees, KeyOf),
        Join(rule.Assigners, KeyOf),
        Join(rule.Constraints, KeyOf),
        rule.Uid,
        Join(DutiesOf(rule), KeyOf));

    private static Sequence<Duty> DutiesOf(Rule rule) => rule switch
    {
        Permission permission => permission.Duties,
        Prohibition prohibition => prohibition.Remedies,
        Duty duty => duty.Consequences,
        _ => [],
    };

    private static string Join<T>(IEnumerable<T> parts, Func<T, string> keyOf) => string.Join('|', parts.Select(keyOf));
}
