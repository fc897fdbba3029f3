namespace Ecosystem.Odrl;

/// <summary>Something that must hold: a <see cref="Constraint"/> or a <see cref="LogicalConstraint"/>.</summary>
public abstract record Condition
{
    /// <summary>The condition's identifier, if it has one.</summary>
    public string? Uid { get; init; }
}

/// <summary>A comparison of a left operand with values (ODRL Information Model 2.2, section 2.5.1).</summary>
/// <param name="LeftOperand">What is compared, an IRI such as <see cref="OdrlTerms.Purpose"/>.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="RightOperands">What it is compared with; several values only make sense for the set operators.</param>
public sealed record Constraint(string LeftOperand, ComparisonOperator Operator, Sequence<OdrlValue> RightOperands) : Condition
{
    /// <summary>Where the value to compare with is to be found, when it is not stated.</summary>
    public string? RightOperandReference { get; init; }

    /// <summary>The unit of the values, an IRI (for example of a currency).</summary>
    public string? Unit { get; init; }

    /// <summary>The instant a recurring interval (<see cref="OdrlTerms.TimeInterval"/>) counts from; an extension that some policies carry.</summary>
    public OdrlValue? Anchor { get; init; }
}

/// <summary>A combination of conditions (ODRL Information Model 2.2, section 2.5.2).</summary>
/// <param name="Operator">How they are combined.</param>
/// <param name="Operands">The conditions, in order.</param>
public sealed record LogicalConstraint(LogicalOperator Operator, Sequence<Condition> Operands) : Condition;

/// <summary>The relational operators of ODRL 2.2.</summary>
public enum ComparisonOperator
{
    /// <summary>Equal to.</summary>
    Eq,

    /// <summary>Not equal to.</summary>
    Neq,

    /// <summary>Less than.</summary>
    Lt,

    /// <summary>Less than or equal to.</summary>
    Lteq,

    /// <summary>Greater than.</summary>
    Gt,

    /// <summary>Greater than or equal to.</summary>
    Gteq,

    /// <summary>An instance of, or a kind of.</summary>
    IsA,

    /// <summary>Contains.</summary>
    HasPart,

    /// <summary>Contained in.</summary>
    IsPartOf,

    /// <summary>Has all of the values.</summary>
    IsAllOf,

    /// <summary>One of the values.</summary>
    IsAnyOf,

    /// <summary>None of the values.</summary>
    IsNoneOf,
}

/// <summary>The logical operators of ODRL 2.2.</summary>
public enum LogicalOperator
{
    /// <summary>All must hold.</summary>
    And,

    /// <summary>At least one must hold.</summary>
    Or,

    /// <summary>Exactly one must hold.</summary>
    Xone,

    /// <summary>All must hold, each in the order given.</summary>
    AndSequence,
}
