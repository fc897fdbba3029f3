namespace Ecosystem.Odrl;

/// <summary>Whether a premise holds.</summary>
public enum Satisfaction
{
    /// <summary>It does not hold.</summary>
    Unsatisfied,

    /// <summary>It holds.</summary>
    Satisfied,

    /// <summary>It cannot be decided: a value is missing, a concept is not known, or two values have no order.</summary>
    Undetermined,
}

/// <summary>Whether a rule applies (compliance report model: activation state).</summary>
public enum ActivationState
{
    /// <summary>It does not apply.</summary>
    Inactive,

    /// <summary>It applies.</summary>
    Active,
}

/// <summary>The kinds of rule report, named as in the compliance report model.</summary>
public enum RuleReportKind
{
    /// <summary>On a permission.</summary>
    PermissionReport,

    /// <summary>On a prohibition.</summary>
    ProhibitionReport,

    /// <summary>On an obligation.</summary>
    ObligationReport,

    /// <summary>On a duty of a permission.</summary>
    DutyReport,
}

/// <summary>The kinds of premise report, named as in the compliance report model.</summary>
public enum PremiseKind
{
    /// <summary>On the asset.</summary>
    TargetReport,

    /// <summary>On the party.</summary>
    PartyReport,

    /// <summary>On the action.</summary>
    ActionReport,

    /// <summary>On a condition.</summary>
    ConstraintReport,
}

/// <summary>What an evaluation found, after the ODRL compliance report model (https://w3id.org/force/compliance-report#).</summary>
/// <param name="PolicyUid">The policy.</param>
/// <param name="Created">The moment of the decision.</param>
/// <param name="Rules">One report per rule, in the policy's order.</param>
public sealed record PolicyReport(string PolicyUid, DateTimeOffset Created, Sequence<RuleReport> Rules);

/// <summary>What was found of a rule.</summary>
/// <param name="Kind">The kind of rule.</param>
/// <param name="RuleUid">The rule's identifier, if it has one.</param>
/// <param name="RequestUid">The request's identifier, if it has one.</param>
/// <param name="Activation">Whether the rule applies.</param>
/// <param name="Deontic">How the rule stands; for permissions always <see cref="DeonticState.NonSet"/>.</param>
/// <param name="Premises">What was checked: one report for the target, the party and the action each if the rule names any, and one per constraint.</param>
/// <param name="Conditions">The reports on the rule's duties, remedies or consequences.</param>
public sealed record RuleReport(
    RuleReportKind Kind,
    string? RuleUid,
    string? RequestUid,
    ActivationState Activation,
    DeonticState Deontic,
    Sequence<PremiseReport> Premises,
    Sequence<RuleReport> Conditions);

/// <summary>What was found of a premise.</summary>
/// <param name="Kind">The kind of premise.</param>
/// <param name="Satisfaction">Whether it holds.</param>
/// <param name="Reason">What was expected and found, as a sentence.</param>
/// <param name="Parts">For a logical constraint, the reports on its operands; for a refined term, on its refinements.</param>
public sealed record PremiseReport(PremiseKind Kind, Satisfaction Satisfaction, Sentence Reason, Sequence<PremiseReport> Parts)
{
    /// <summary>For a constraint, the IRI of what was compared; else null.</summary>
    public string? LeftOperand { get; init; }
}
