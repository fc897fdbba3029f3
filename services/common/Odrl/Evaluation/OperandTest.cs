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
        ComparisonOperator.IsA or ComparisonOperator.IsPartOf => Logic.Any(right.Select(value => IsKindOf(left.Lexical, value.Lexical, concepts))),
        ComparisonOperator.HasPart => Logic.All(right.Select(value => IsKindOf(value.Lexical, left.Lexical, concepts))),
        _ => right.Count == 1 ? Order(comparison, Values.Compare(ParsedValue.Of(left), ParsedValue.Of(right[0]), kind)) : Satisfaction.Undetermined,
    };

    /// <summary>What an order says under a relational operator; no order, no answer.</summary>
    public static Satisfaction Order(ComparisonOperator comparison, int? order) => order is not { } known
        ? Satisfaction.Undetermined
        : Logic.Of(comparison switch
        {
            ComparisonOperator.Lt => known < 0,
            ComparisonOperator.Lteq => known <= 0,
            ComparisonOperator.Gt => known > 0,
            _ => known >= 0,
        });

    /// <summary>
    /// A concept is also the same as a broader one it is a case of: what is allowed for research is allowed for health research. A stated
    /// concept that is broader than the policy's, or in no vocabulary, may turn out to be it: "research" may be commercial research.
    /// </summary>
    public static Satisfaction IsSameConcept(string left, string right, ConceptHierarchy concepts)
    {
        if (concepts.IsCaseOf(left, right))
            return Satisfaction.Satisfied;
        var mayBe = concepts.IsCaseOf(right, left) || (concepts.Knows(right) && !concepts.Knows(left));
        return mayBe ? Satisfaction.Undetermined : Satisfaction.Unsatisfied;
    }

    /// <summary>Of two declared concepts silence means no; of an unknown one nothing can be said.</summary>
    public static Satisfaction IsKindOf(string narrow, string broad, ConceptHierarchy concepts)
    {
        if (concepts.IsCaseOf(narrow, broad))
            return Satisfaction.Satisfied;
        var isKnown = concepts.Knows(narrow) && concepts.Knows(broad);
        if (isKnown && !concepts.IsCaseOf(broad, narrow))
            return Satisfaction.Unsatisfied;
        return concepts.AreDisjoint(narrow, broad) ? Satisfaction.Unsatisfied : Satisfaction.Undetermined;
    }

    public static Satisfaction IsSame(in ParsedValue left, in ParsedValue right, ValueKind kind) =>
        Values.AreEqual(left, right, kind) is { } equal ? Logic.Of(equal) : Satisfaction.Undetermined;

    private static Satisfaction IsSame(OdrlValue left, OdrlValue right, ValueKind kind, ConceptHierarchy concepts) => kind is ValueKind.Concept
        ? IsSameConcept(left.Lexical, right.Lexical, concepts)
        : IsSame(ParsedValue.Of(left), ParsedValue.Of(right), kind);
}
