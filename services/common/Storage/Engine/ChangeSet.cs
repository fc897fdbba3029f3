namespace Ecosystem.Storage;

/// <summary>What one unit of work changes.</summary>
internal sealed record ChangeSet(
    IReadOnlyList<DocumentDelete> Deletes,
    IReadOnlyList<DocumentWrite> Writes,
    IReadOnlyList<OutboxEvent> Events,
    IReadOnlyList<EventKey> Received,
    DateTimeOffset Time)
{
    /// <summary>
    /// One transaction of several units of work, in one order for every transaction, so that two of them wait for each other in turn instead
    /// of in a circle. Documents that were seen come first: whoever is late learns that (and may try again), not that what it would have
    /// added is there by now.
    /// </summary>
    public static ChangeSet Of(IReadOnlyList<ChangeSet> units) => units is [{ Deletes.Count: <= 1, Writes.Count: <= 1, Received.Count: <= 1 } alone] ? alone : new(
        [.. units.SelectMany(unit => unit.Deletes).OrderBy(delete => delete.Type.Name, StringComparer.Ordinal).ThenBy(delete => delete.Id, StringComparer.Ordinal)],
        [.. units.SelectMany(unit => unit.Writes).OrderBy(write => write.Guard is Guard.Seen ? 0 : 1)
            .ThenBy(write => write.Type.Name, StringComparer.Ordinal).ThenBy(write => write.Id, StringComparer.Ordinal)],
        [.. units.SelectMany(unit => unit.Events)],
        [.. units.SelectMany(unit => unit.Received).OrderBy(key => key.Source, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal)],
        units[^1].Time);

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
