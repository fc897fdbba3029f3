namespace Ecosystem.Messaging;

/// <summary>What becomes of a delivery, and what the sidecar is told.</summary>
internal enum DeliveryOutcome
{
    /// <summary>Its effect is in the store.</summary>
    Applied,

    /// <summary>It was in the store before.</summary>
    Repeated,

    /// <summary>Nobody here applies this type.</summary>
    Unhandled,

    /// <summary>It failed and shall come again.</summary>
    Failed,

    /// <summary>An earlier event of its subject failed; it shall come again behind that one.</summary>
    HeldBack,

    /// <summary>It failed too often and is kept as a dead letter here.</summary>
    Parked,

    /// <summary>It can never be applied.</summary>
    Invalid,
}
