namespace Ecosystem.Messaging.Tests;

/// <summary>The real clock, with a calendar that a test sets forward or back. As in a machine, timers and elapsed time do not notice.</summary>
internal sealed class SetBackClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
