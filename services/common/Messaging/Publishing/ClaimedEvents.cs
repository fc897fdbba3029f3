using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>
/// What a relay has claimed and not sent yet, one queue for each subject. A wave takes the first of each queue, because a sidecar
/// forwards the events of one request in any order.
/// </summary>
internal sealed class ClaimedEvents
{
    private readonly Dictionary<(string Topic, string Subject), Queue<OutboxClaim>> _subjects = [];

    public ClaimedEvents(IEnumerable<OutboxClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (!_subjects.TryGetValue(SubjectOf(claim), out var queue))
                _subjects[SubjectOf(claim)] = queue = new Queue<OutboxClaim>();
            queue.Enqueue(claim);
        }
    }

    public bool IsEmpty => _subjects.Count == 0;

    /// <summary>The next event of each subject, the oldest first.</summary>
    public List<OutboxClaim> Wave() => [.. _subjects.Values.Select(queue => queue.Peek()).OrderBy(claim => claim.Position)];

    public void Sent(OutboxClaim claim)
    {
        var queue = _subjects[SubjectOf(claim)];
        queue.Dequeue();
        if (queue.Count == 0)
            _subjects.Remove(SubjectOf(claim));
    }

    /// <summary>Leaves a subject alone, and returns the positions of what was claimed behind its first event.</summary>
    public IReadOnlyList<long> HoldBack(OutboxClaim first)
    {
        _subjects.Remove(SubjectOf(first), out var queue);
        return [.. queue!.Skip(1).Select(claim => claim.Position)];
    }

    public IReadOnlyList<long> Positions() => [.. _subjects.Values.SelectMany(queue => queue).Select(claim => claim.Position)];

    private static (string Topic, string Subject) SubjectOf(OutboxClaim claim) => (claim.Event.Topic, claim.Event.Subject);
}
