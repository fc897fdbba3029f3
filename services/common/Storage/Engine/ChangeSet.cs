namespace Ecosystem.Storage;

/// <summary>What one unit of work changes.</summary>
internal sealed record ChangeSet(
    IReadOnlyList<DocumentDelete> Deletes,
    IReadOnlyList<DocumentWrite> Writes,
    IReadOnlyList<OutboxEvent> Events,
    IReadOnlyList<EventKey> Received,
    DateTimeOffset Time)
{
    public bool IsEmpty => Deletes.Count + Writes.Count + Events.Count + Received.Count == 0;
}

/// <summary>What must be true of the stored document for a change to be applied.</summary>
internal abstract record Guard
{
    /// <summary>Nothing is known of it: an insert whose identifier may be taken, or a delete of whatever is there.</summary>
    internal sealed record Unseen : Guard;

    /// <summary>The session looked and found nothing.</summary>
    internal sealed record Absent : Guard;

    /// <summary>It still has the revision seen.</summary>
    internal sealed record Seen(long Revision) : Guard;

    public static readonly Guard Nothing = new Unseen();
    public static readonly Guard NoDocument = new Absent();
}

/// <param name="Type">The kind of document.</param>
/// <param name="Id">The identifier.</param>
/// <param name="Guard">The condition.</param>
/// <param name="Body">JSON in the present version of the type.</param>
/// <param name="Values">The values of each declared index, in the order of declaration.</param>
internal sealed record DocumentWrite(DocumentType Type, string Id, Guard Guard, string Body, IReadOnlyList<IReadOnlyList<object?>> Values);

internal sealed record DocumentDelete(DocumentType Type, string Id, Guard Guard);
