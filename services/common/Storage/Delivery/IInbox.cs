namespace Ecosystem.Storage;

/// <summary>The events received, kept for as long as the broker may repeat one.</summary>
internal interface IInbox
{
    Task<bool> ContainsAsync(EventKey key, CancellationToken ct);

    /// <summary>Returns those of the events that were received before.</summary>
    Task<IReadOnlySet<EventKey>> KnownAsync(IReadOnlyCollection<EventKey> keys, CancellationToken ct);

    /// <summary>Forgets what was received before <paramref name="moment"/> and returns how many those were.</summary>
    Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct);
}
