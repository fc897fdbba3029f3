using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>What a handler knows about a delivery besides the event itself.</summary>
public sealed record EventContext
{
    /// <summary>The unit of work of this delivery. Publishing here sends the events only if the delivery succeeds.</summary>
    public required IDocumentSession Session { get; init; }

    /// <summary>CloudEvents <c>source</c> and <c>id</c>.</summary>
    public required EventKey Key { get; init; }

    /// <summary>CloudEvents <c>type</c>: the full proto name of the event.</summary>
    public required string Type { get; init; }

    /// <summary>CloudEvents <c>subject</c>: the identifier of the aggregate the event is about; empty if the sender gave none.</summary>
    public required string Subject { get; init; }

    /// <summary>CloudEvents <c>time</c>: when the event was published; <see langword="null"/> if the sender gave none.</summary>
    public DateTimeOffset? Time { get; init; }
}
