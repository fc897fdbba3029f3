using System.Diagnostics;
using System.Text;
using Google.Protobuf;

namespace Ecosystem.Storage;

/// <summary>Takes an event as it is when it is published, and refuses what could never be sent.</summary>
internal sealed class EventCapture(IEventAddressing addressing, IIdSource ids, TimeProvider time)
{
    private const int LongestSubject = 1024;

    /// <exception cref="EventTooLargeException">No broker would take it.</exception>
    /// <exception cref="ArgumentException">The subject is no string of CloudEvents 1.0 (section 2, type system).</exception>
    public OutboxEvent Take(IMessage @event, string subject)
    {
        if (subject.Length > LongestSubject || !IsText(subject))
            throw new ArgumentException($"A subject is a text of at most {LongestSubject} characters without control characters.", nameof(subject));

        var type = @event.Descriptor.FullName;
        var topic = addressing.TopicOf(@event.Descriptor);
        var data = JsonFormatter.Default.Format(@event);
        if (Encoding.UTF8.GetByteCount(data) is var size && size > addressing.LargestEvent)
            throw new EventTooLargeException(type, size, addressing.LargestEvent);

        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new OutboxEvent(ids.Next(), topic, type, subject, data, time.GetUtcNow(), trace?.Id, trace?.TraceStateString);
    }

    private static bool IsText(string subject)
    {
        foreach (var rune in subject.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune))
                return false; // a lone surrogate is read as the replacement character
        }

        return true;
    }
}
