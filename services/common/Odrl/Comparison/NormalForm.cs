namespace Ecosystem.Odrl;

/// <summary>A condition that must not hold. Only comparisons build it; policies cannot state it.</summary>
internal sealed record Negation(Condition Operand) : Condition;

/// <summary>One comparison, or its opposite.</summary>
internal readonly record struct Atom(Constraint Constraint, bool IsNegated)
{
    public string LeftOperand => Constraint.LeftOperand;

    /// <summary>The relation that must hold; the opposite of an order is again an order.</summary>
    public ComparisonOperator Relation => (Constraint.Operator, IsNegated) switch
    {
        (ComparisonOperator.Eq, true) => ComparisonOperator.Neq,
        (ComparisonOperator.Neq, true) => ComparisonOperator.Eq,
        (ComparisonOperator.Lt, true) => ComparisonOperator.Gteq,
        (ComparisonOperator.Lteq, true) => ComparisonOperator.Gt,
        (ComparisonOperator.Gt, true) => ComparisonOperator.Lteq,
        (ComparisonOperator.Gteq, true) => ComparisonOperator.Lt,
        var (relation, _) => relation,
    };

    public OdrlValue Value => Constraint.RightOperands[0];
}

/// <summary>Turns conditions into alternatives of plain comparisons (disjunctive normal form), within a bound.</summary>
internal static class NormalForm
{
    private const int MostAlternatives = 1024;
    private const int MostAtoms = 16 * 1024;

    /// <summary>The alternatives; null when there are too many to look at.</summary>
    public static List<List<Atom>>? Of(Condition condition, bool isNegated = false) => condition switch
    {
        Negation negation => Of(negation.Operand, !isNegated),
        Constraint constraint => OfConstraint(constraint, isNegated),
        LogicalConstraint { Operator: LogicalOperator.Or } or => isNegated ? All(or.Operands, true) : Any(or.Operands, false),
        LogicalConstraint { Operator: LogicalOperator.Xone } xone => Any(isNegated ? NotExactlyOne(xone.Operands) : ExactlyOne(xone.Operands), false),
        LogicalConstraint and => isNegated ? Any(and.Operands, true) : All(and.Operands, false),
        _ => throw new ArgumentException($"Unknown kind of condition: {condition.GetType().Name}.", nameof(condition)),
    };

    // A set operator with several values is an "or" of single ones; its opposite an "and".
    private static List<List<Atom>>? OfConstraint(Constraint constraint, bool isNegated)
    {
        var single = constraint.Operator switch
        {
            ComparisonOperator.IsAnyOf => ComparisonOperator.Eq,
            ComparisonOperator.IsNoneOf => ComparisonOperator.Neq,
            ComparisonOperator.IsPartOf => ComparisonOperator.IsA,
            var other => other,
        };
        if (constraint.RightOperands.Count <= 1 || constraint.Operator is ComparisonOperator.IsAllOf)
            return [[new(constraint with { Operator = single }, isNegated)]];
        var each = constraint.RightOperands.Select(value => (Condition)(constraint with { Operator = single, RightOperands = [value] })).ToSequence();
        var all = single is ComparisonOperator.Neq or ComparisonOperator.HasPart or ComparisonOperator.Eq && constraint.Operator is not ComparisonOperator.IsAnyOf;
        return all == isNegated ? Any(each, isNegated) : All(each, isNegated);
    }

    private static IEnumerable<Condition> ExactlyOne(Sequence<Condition> operands) => operands.Select((_, chosen) =>
        (Condition)new LogicalConstraint(LogicalOperator.And, operands.Select((operand, index) => index == chosen ? operand : new Negation(operand)).ToSequence()));

    private static IEnumerable<Condition> NotExactlyOne(Sequence<Condition> operands)
    {
        yield return new LogicalConstraint(LogicalOperator.And, operands.Select(operand => (Condition)new Negation(operand)).ToSequence());
        for (var one = 0; one < operands.Count; one++)
        {
            for (var other = one + 1; other < operands.Count; other++)
                yield return new LogicalConstraint(LogicalOperator.And, [operands[one], operands[other]]);
        }
    }

    private static List<List<Atom>>? Any(IEnumerable<Condition> operands, bool isNegated)
    {
        var alternatives = new List<List<Atom>>();
        var atoms = 0;
        foreach (var operand in operands)
        {
            if (Of(operand, isNegated) is not { } more || alternatives.Count + more.Count > MostAlternatives)
                return null;
            alternatives.AddRange(more);
            atoms += more.Sum(alternative => alternative.Count);
            if (atoms > MostAtoms)
                return null;
        }

        return alternatives;
    }

    private static List<List<Atom>>? All(IEnumerable<Condition> operands, bool isNegated)
    {
        List<List<Atom>> alternatives = [[]];
        foreach (var operand in operands)
        {
            if (Of(operand, isNegated) is not { } more || alternatives.Count * more.Count > MostAlternatives)
                return null;
            if ((alternatives.Sum(alternative => alternative.Count) * more.Count) + (more.Sum(alternative => alternative.Count) * alternatives.Count) > MostAtoms)
                return null;
            alternatives = [.. alternatives.SelectMany(_ => more, (left, right) => (List<Atom>)[.. left, .. right])];
        }

        return alternatives;
    }
}
