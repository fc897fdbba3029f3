namespace Ecosystem.Storage;

/// <summary>The events waiting to be sent. Claims keep two relays from sending one event twice, and keep the order of each subject.</summary>
internal interface IOutbox
{
    /// <summary>
    /// Claims the oldest events that may be sent now, in order. An event is left alone while an earlier one of its topic and subject is
    /// claimed by another relay or waits for its next attempt. A claim ends by <see cref="RemoveAsync"/>, <see cref="PostponeAsync"/>,
    /// <see cref="ReleaseAsync"/> or when <paramref name="lease"/> has passed.
    /// </summary>
    Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, ClaimSize size, TimeSpan lease, CancellationToken ct);

    /// <summary>The broker has them. Where backups are taken (<see cref="StorageOptions.SentRetention"/>) they are kept aside for these.</summary>
    Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct);

    /// <summary>The broker refused this one: nothing of its subject is sent before <paramref name="delay"/> has passed.</summary>
    Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct);

    /// <summary>Not sent; may be claimed again at once.</summary>
    Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct);

    Task<OutboxState> StateAsync(CancellationToken ct);

    /// <summary>Forgets what was sent before <paramref name="moment"/> and returns how many those were.</summary>
    Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct);
}

/// <summary>How much is claimed at once, so that a relay holds no more in memory.</summary>
/// <param name="Events">The most events.</param>
/// <param name="Bytes">How many bytes of data are enough: the event that reaches them is the last.</param>
internal sealed record ClaimSize(int Events, long Bytes = long.MaxValue);

/// <param name="Position">Grows with each event of the store.</param>
/// <param name="Event">What to send.</param>
/// <param name="Attempts">How often the broker refused it.</param>
internal sealed record OutboxClaim(long Position, OutboxEvent Event, int Attempts);

/// <param name="Count">Events that wait.</param>
/// <param name="Oldest">When the oldest of them was published.</param>
internal sealed record OutboxState(long Count, DateTimeOffset? Oldest);
