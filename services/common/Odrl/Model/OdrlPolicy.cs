namespace Ecosystem.Odrl;

/// <summary>The subclasses of <c>odrl:Policy</c> (ODRL Vocabulary 2.2, section 3.1.1).</summary>
public enum PolicyKind
{
    /// <summary>Terms without a party in particular; what a policy is when it does not say.</summary>
    Set,

    /// <summary>Terms proposed by an assigner.</summary>
    Offer,

    /// <summary>Terms granted by an assigner to an assignee.</summary>
    Agreement,

    /// <summary>Terms asked for by an assignee.</summary>
    Request,

    /// <summary>Terms a party claims to hold.</summary>
    Assertion,

    /// <summary>Terms granted to whoever holds the ticket.</summary>
    Ticket,

    /// <summary>Terms on personal data.</summary>
    Privacy,
}

/// <summary>What to do when a permission and a prohibition both apply (ODRL Information Model 2.2, section 2.9).</summary>
public enum ConflictStrategy
{
    /// <summary>The whole policy is void. The default.</summary>
    Invalid,

    /// <summary>The permission overrides the prohibition.</summary>
    Permission,

    /// <summary>The prohibition overrides the permission.</summary>
    Prohibition,
}

/// <summary>
/// A policy of the ODRL Information Model 2.2 in expanded form: what the policy states for all its rules (target, parties, action)
/// has been handed down to each rule, and every term is a full IRI.
/// </summary>
public sealed record OdrlPolicy
{
    /// <summary>The policy's identifier, an IRI.</summary>
    public required string Uid { get; init; }

    /// <summary>The kind of policy.</summary>
    public PolicyKind Kind { get; init; }

    /// <summary>The ODRL profiles the policy conforms to.</summary>
    public Sequence<string> Profiles { get; init; } = [];

    /// <summary>The policies whose rules this one inherits; see <see cref="PolicyInheritance"/>.</summary>
    public Sequence<string> InheritFrom { get; init; } = [];

    /// <summary>How conflicts between permissions and prohibitions are resolved.</summary>
    public ConflictStrategy Conflict { get; init; }

    /// <summary>What may be done.</summary>
    public Sequence<Permission> Permissions { get; init; } = [];

    /// <summary>What may not be done.</summary>
    public Sequence<Prohibition> Prohibitions { get; init; } = [];

    /// <summary>What must be done, whether or not a permission is used.</summary>
    public Sequence<Duty> Obligations { get; init; } = [];
}
