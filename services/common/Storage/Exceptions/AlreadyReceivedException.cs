namespace Ecosystem.Storage;

/// <summary>The event was received before: its effect is already in the store, and nothing of this session was saved.</summary>
public sealed class AlreadyReceivedException(EventKey key, Exception? inner = null)
    : Exception($"Event '{key.Id}' from '{key.Source}' was received before.", inner)
{
    /// <summary>The event.</summary>
    public EventKey Key { get; } = key;
}
