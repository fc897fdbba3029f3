namespace Ecosystem.Odrl;

/// <summary>One comparison: what <see cref="OperandTest"/> finds, without parsing the policy's values again.</summary>
internal sealed class CompiledComparison : CompiledCondition
{
    private readonly string _leftOperand;
    private readonly ComparisonOperator _operator;
    private readonly ParsedValue[] _right;
    private readonly ValueKind _kind;
    private readonly ConceptHierarchy _concepts;

    public CompiledComparison(Constraint constraint, ConceptHierarchy concepts)
    {
        (_leftOperand, _operator, _concepts) = (constraint.LeftOperand, constraint.Operator, concepts);
        _right = [.. constraint.RightOperands.Select(ParsedValue.Of)];
        _kind = LeftOperands.KindOf(constraint.LeftOperand);
    }

    /// <summary>Whether the comparison looks at each stated value by itself.</summary>
    public static bool Covers(Constraint constraint) =>
        constraint.RightOperandReference is null
        && constraint.RightOperands.Count > 0
        && constraint.Operator is not ComparisonOperator.IsAllOf
        && !(constraint.Operator is ComparisonOperator.Eq && constraint.RightOperands.Count > 1);

    public override Satisfaction Test(Situation situation, bool anyIsEnough, string? subject)
    {
        if (subject is null && _leftOperand == OdrlTerms.DateTime)
            return TestOne(ParsedValue.Of(situation.Now));
        if (situation.ValuesOf(_leftOperand, subject) is not { Count: > 0 } left)
            return Satisfaction.Undetermined;

        // The outcome that settles it at once, and the one that remains when none does.
        var (settling, result) = anyIsEnough ? (Satisfaction.Satisfied, Satisfaction.Unsatisfied) : (Satisfaction.Unsatisfied, Satisfaction.Satisfied);
        for (var index = 0; index < left.Count; index++)
        {
            var outcome = TestOne(ParsedValue.Of(left[index], _kind));
            if (outcome == settling)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }

    private Satisfaction TestOne(in ParsedValue left) => _operator switch
    {
        ComparisonOperator.Eq or ComparisonOperator.IsAnyOf => IsAny(left),
        ComparisonOperator.Neq or ComparisonOperator.IsNoneOf => Logic.Not(IsAny(left)),
        ComparisonOperator.IsA or ComparisonOperator.IsPartOf => IsKindOfAny(left.Lexical),
        ComparisonOperator.HasPart => HasAll(left.Lexical),
        _ => OperandTest.Order(_operator, Values.Compare(left, _right[0], _kind)),
    };

    private Satisfaction IsAny(in ParsedValue left)
    {
        var result = Satisfaction.Unsatisfied;
        foreach (ref readonly var right in _right.AsSpan())
        {
            var outcome = _kind is ValueKind.Concept
                ? OperandTest.IsSameConcept(left.Lexical, right.Lexical, _concepts)
                : OperandTest.IsSame(left, right, _kind);
            if (outcome is Satisfaction.Satisfied)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }

    private Satisfaction IsKindOfAny(string left)
    {
        var result = Satisfaction.Unsatisfied;
        foreach (ref readonly var right in _right.AsSpan())
        {
            var outcome = OperandTest.IsKindOf(left, right.Lexical, _concepts);
            if (outcome is Satisfaction.Satisfied)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }

    private Satisfaction HasAll(string left)
    {
        var result = Satisfaction.Satisfied;
        foreach (ref readonly var right in _right.AsSpan())
        {
            var outcome = OperandTest.IsKindOf(right.Lexical, left, _concepts);
            if (outcome is Satisfaction.Unsatisfied)
                return outcome;
            if (outcome is Satisfaction.Undetermined)
                result = outcome;
        }

        return result;
    }
}
