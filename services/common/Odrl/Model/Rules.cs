namespace Ecosystem.Odrl;

/// <summary>
/// A rule of a policy. A rule that names several targets, parties or actions stands for one rule per combination
/// (ODRL Information Model 2.2, section 2.7.2); a rule that names none speaks of all.
/// </summary>
public abstract record Rule
{
    /// <summary>The rule's identifier, if it has one.</summary>
    public string? Uid { get; init; }

    /// <summary>The assets the rule is about.</summary>
    public Sequence<RuleTerm> Targets { get; init; } = [];

    /// <summary>The actions the rule is about.</summary>
    public Sequence<RuleTerm> Actions { get; init; } = [];

    /// <summary>The parties that set the rule.</summary>
    public Sequence<RuleTerm> Assigners { get; init; } = [];

    /// <summary>The parties the rule is addressed to.</summary>
    public Sequence<RuleTerm> Assignees { get; init; } = [];

    /// <summary>The conditions under which the rule applies; all must hold.</summary>
    public Sequence<Condition> Constraints { get; init; } = [];
}

/// <summary>A rule that allows an action.</summary>
public sealed record Permission : Rule
{
    /// <summary>What has to be done for the permission to hold.</summary>
    public Sequence<Duty> Duties { get; init; } = [];
}

/// <summary>A rule that forbids an action.</summary>
public sealed record Prohibition : Rule
{
    /// <summary>What has to be done when the prohibition was violated.</summary>
    public Sequence<Duty> Remedies { get; init; } = [];
}

/// <summary>A rule that demands an action: a duty of a permission, an obligation of a policy, a remedy or a consequence.</summary>
public sealed record Duty : Rule
{
    /// <summary>What has to be done in addition when the duty was not fulfilled.</summary>
    public Sequence<Duty> Consequences { get; init; } = [];
}

/// <summary>An asset, a party or an action that a rule names, narrowed by refinements (Information Model 2.2, sections 2.2.2, 2.3.3 and 2.4.1).</summary>
/// <param name="Iri">The identifier of the asset, party, collection or action.</param>
public sealed record RuleTerm(string Iri)
{
    /// <summary>For a collection: the identifier of the collection that the refinements select from.</summary>
    public string? Source { get; init; }

    /// <summary>Conditions that select members of a collection, or a manner of the action; all must hold.</summary>
    public Sequence<Condition> Refinements { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Iri;
}
