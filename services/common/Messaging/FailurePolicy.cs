namespace Ecosystem.Messaging;

/// <summary>
/// What happens when a handler fails: first it is tried again at once in a new unit of work, then the sidecar delivers the event
/// again with its own back-off, and at last the event is parked as a dead letter and the next ones pass.
/// </summary>
/// <param name="ImmediateRetries">Further attempts within one delivery; good for conflicts with another writer. 0 to 10.</param>
/// <param name="Pause">Before the first immediate retry; doubles with each.</param>
/// <param name="Deliveries">After so many failed deliveries the event is parked. At least 1.</param>
public sealed record FailurePolicy(int ImmediateRetries, TimeSpan Pause, int Deliveries)
{
    /// <summary>Two immediate retries after 50 and 100 ms; parked after 10 deliveries.</summary>
    public static readonly FailurePolicy Default = new(2, TimeSpan.FromMilliseconds(50), 10);

    /// <summary>Parked at the first failure: for effects where trying again cannot help.</summary>
    public static readonly FailurePolicy ParkAtOnce = new(0, TimeSpan.Zero, 1);

    /// <summary>Further attempts within one delivery.</summary>
    public int ImmediateRetries { get; init; } = ImmediateRetries is >= 0 and <= 10
        ? ImmediateRetries
        : throw new ArgumentOutOfRangeException(nameof(ImmediateRetries), ImmediateRetries, "0 to 10 immediate retries.");

    /// <summary>After so many failed deliveries the event is parked.</summary>
    public int Deliveries { get; init; } = Deliveries >= 1
        ? Deliveries
        : throw new ArgumentOutOfRangeException(nameof(Deliveries), Deliveries, "At least one delivery.");
}
