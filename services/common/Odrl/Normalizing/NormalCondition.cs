namespace Ecosystem.Odrl;

/// <summary>The normal form of conditions, by the laws that hold in three-valued logic too: order, repetition and nesting do not matter.</summary>
internal static class NormalCondition
{
    /// <summary>Conditions that must all hold.</summary>
    public static Sequence<Condition> OfAll(Sequence<Condition> conditions) =>
        Flat(conditions, LogicalOperator.And).Distinct().OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal).ToSequence();

    private static Condition Of(Condition condition) => condition switch
    {
        LogicalConstraint logical => Of(logical),
        Constraint constraint => Of(constraint),
        _ => condition,
    };

    private static Condition Of(LogicalConstraint logical)
    {
        var operands = logical.Operator switch
        {
            LogicalOperator.And or LogicalOperator.Or => Flat(logical.Operands, logical.Operator).Distinct().OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal),

            // Of two equal operands both hold or none: neither may be dropped.
            LogicalOperator.Xone => logical.Operands.Select(Of).OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal),
            _ => logical.Operands.Select(Of),
        };
        var normal = operands.ToSequence();
        return normal is [var only] && logical.Uid is null ? only : logical with { Operands = normal };
    }

    private static IEnumerable<Condition> Flat(IEnumerable<Condition> operands, LogicalOperator parent) => operands.Select(Of).SelectMany(operand =>
        operand is LogicalConstraint { Uid: null } inner && inner.Operator == parent ? inner.Operands : (IEnumerable<Condition>)[operand]);

    // "Equal to several values" compares sets as wholes, so one value twice is not the same as once; there only the order is free.
    private static Constraint Of(Constraint constraint)
    {
        var values = constraint.Operator is ComparisonOperator.IsAnyOf or ComparisonOperator.IsNoneOf or ComparisonOperator.IsAllOf
            ? constraint.RightOperands.Distinct()
            : constraint.RightOperands;
        return constraint with { RightOperands = values.OrderBy(NormalOrder.KeyOf, StringComparer.Ordinal).ToSequence() };
    }
}
