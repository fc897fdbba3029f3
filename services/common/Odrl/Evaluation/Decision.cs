namespace Ecosystem.Odrl;

/// <summary>Why a decision came out as it did.</summary>
public enum DecisionCause
{
    /// <summary>A permission applies and nothing forbids the use.</summary>
    Permitted,

    /// <summary>No permission applies; what is not permitted is denied.</summary>
    NoPermission,

    /// <summary>A prohibition applies.</summary>
    Prohibited,

    /// <summary>A permission and a prohibition apply, and the policy does not say which one wins: it is void.</summary>
    PolicyInConflict,

    /// <summary>A permission would apply, but one of its duties was violated.</summary>
    DutyViolated,
}

/// <summary>Where a duty comes from.</summary>
public enum DutySource
{
    /// <summary>The permission that was used.</summary>
    Permission,

    /// <summary>The policy, whether or not a permission is used.</summary>
    Obligation,

    /// <summary>A violated prohibition.</summary>
    Remedy,

    /// <summary>A violated duty.</summary>
    Consequence,
}

/// <summary>A duty that has to be fulfilled.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="State">How it stands.</param>
/// <param name="Description">What has to be done, as a sentence.</param>
public sealed record DueDuty(Duty Duty, DutySource Source, DeonticState State, Sentence Description);

/// <summary>The answer to a request.</summary>
/// <param name="Cause">Why it came out as it did.</param>
/// <param name="Duties">What has to be done, because of the permission or anyway.</param>
/// <param name="Reasons">The reasons, most important first.</param>
/// <param name="Report">Which premise held and which did not.</param>
public sealed record Decision(DecisionCause Cause, Sequence<DueDuty> Duties, Sequence<Sentence> Reasons, PolicyReport Report)
{
    /// <summary>Whether the use is permitted.</summary>
    public bool IsPermitted => Cause is DecisionCause.Permitted;
}
