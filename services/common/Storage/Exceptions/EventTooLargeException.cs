namespace Ecosystem.Storage;

/// <summary>
/// An event is larger than the sidecar and the broker would take. It is refused where it is published, because in the outbox it would
/// hold back its subject for ever. Maps to INVALID_ARGUMENT (HTTP 400).
/// </summary>
public sealed class EventTooLargeException(string type, long size, int largest) : Exception(
    $"The event {type} has {size} bytes; at most {largest} can be sent. Leave out what its consumers can read themselves.")
{
    /// <summary>Full proto name of the event.</summary>
    public string EventType { get; } = type;

    /// <summary>Bytes of proto3 JSON.</summary>
    public long Size { get; } = size;

    /// <summary>The most bytes that can be sent.</summary>
    public int Largest { get; } = largest;
}
