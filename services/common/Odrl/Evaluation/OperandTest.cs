namespace Ecosystem.Odrl;

/// <summary>
/// The relational operators on typed values. With several values on the left, a permission asks that each of them passes and a prohibition
/// whether any does, so that naming a second purpose never widens what is allowed.
/// </summary>
internal static class OperandTest
{
    public static Satisfaction Test(Constraint constraint, Sequence<OdrlValue> left, Sequence<OdrlValue> right, bool anyIsEnough, ConceptHierarchy concepts)
    {
        if (left.Count == 0 || right.Count == 0)
            return Satisfaction.Undetermined;
        var kind = LeftOperands.KindOf(constraint.LeftOperand);
        if (constraint.Operator is ComparisonOperator.IsAllOf)
            return Logic.All(right.Select(value => Logic.Any(left.Select(stated => IsSame(stated, value, kind, concepts)))));
        if (constraint.Operator is ComparisonOperator.Eq && right.Count > 1)
        {
            return Logic.All(right.Select(value => Logic.Any(left.Select(stated => IsSame(stated, value, kind, concepts))))
                .Concat(left.Select(stated => Logic.Any(right.Select(value => IsSame(stated, value, kind, concepts))))));
        }

        var each = left.Select(value => TestOne(constraint.Operator, value, right, kind, concepts));
        return anyIsEnough ? Logic.Any(each) : Logic.All(each);
    }

    private static Satisfaction TestOne(ComparisonOperator comparison, OdrlValue left, Sequence<OdrlValue> right, ValueKind kind, ConceptHierarchy concepts) => comparison switch
    {
        ComparisonOperator.Eq or ComparisonOperator.IsAnyOf => Logic.Any(right.Select(value => IsSame(left, value, kind, concepts))),
        ComparisonOperator.Neq or ComparisonOperator.IsNoneOf => Logic.Not(Logic.Any(right.Select(value => IsSame(left, value, kind, concepts)))),
        ComparisonOperator.IsA or ComparisonOperator.IsPartOf => Logic.Any(right.Select(value => IsKindOf(left, value, concepts))),
        ComparisonOperator.HasPart => Logic.All(right.Select(value => IsKindOf(value, left, concepts))),
        _ => Order(comparison, Values.Compare(left, right[0], kind)),
    };

    private static Satisfaction Order(ComparisonOperator comparison, int? order) => order is not { } known
        ? Satisfaction.Undetermined
        : Logic.Of(comparison switch
        {
            ComparisonOperator.Lt => known < 0,
            ComparisonOperator.Lteq => known <= 0,
            ComparisonOperator.Gt => known > 0,
            _ => known >= 0,
        });

    // A concept is also the same as a broader one it is a case of: what is allowed for research is allowed for health research. A stated
    // concept that is broader than the policy's, or in no vocabulary, may turn out to be it: "research" may be commercial research.
    private static Satisfaction IsSame(OdrlValue left, OdrlValue right, ValueKind kind, ConceptHierarchy concepts)
    {
        if (kind is not ValueKind.Concept)
            return Values.AreEqual(left, right, kind) is { } equal ? Logic.Of(equal) : Satisfaction.Undetermined;
        if (left.Lexical == right.Lexical || concepts.IsA(left.Lexical, right.Lexical) is Knowledge.True)
            return Satisfaction.Satisfied;
        var mayBe = concepts.IsA(right.Lexical, left.Lexical) is Knowledge.True || (concepts.Knows(right.Lexical) && !concepts.Knows(left.Lexical));
        return mayBe ? Satisfaction.Undetermined : Satisfaction.Unsatisfied;
    }

    // Of two declared concepts silence means no; of an unknown one nothing can be said.
    private static Satisfaction IsKindOf(OdrlValue narrow, OdrlValue broad, ConceptHierarchy concepts) => concepts.IsA(narrow.Lexical, broad.Lexical) switch
    {
        Knowledge.True => Satisfaction.Satisfied,
        Knowledge.False => Satisfaction.Unsatisfied,
        _ when concepts.IsA(broad.Lexical, narrow.Lexical) is Knowledge.True => Satisfaction.Undetermined,
        _ => concepts.Knows(narrow.Lexical) && concepts.Knows(broad.Lexical) ? Satisfaction.Unsatisfied : Satisfaction.Undetermined,
    };
}
