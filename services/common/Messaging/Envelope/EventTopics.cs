using Ecosystem.Events.V1;
using Ecosystem.Storage;
using Google.Protobuf.Reflection;

namespace Ecosystem.Messaging;

/// <summary>Reads the topic from the contract: <c>option (ecosystem.events.v1.topic)</c>.</summary>
internal sealed class EventTopics(MessagingOptions options) : IEventAddressing
{
    public int LargestEvent => options.LargestEvent;

    /// <summary>Where the sidecar puts what it could not deliver.</summary>
    public static string DeadLettersOf(string topic) => topic + "-dead";

    public string TopicOf(MessageDescriptor @event) => Declared(@event);

    public static string Declared(MessageDescriptor @event) =>
        @event.GetOptions()?.GetExtension(TopicExtensions.Topic) is { Length: > 0 } topic
            ? topic
            : throw new InvalidOperationException($"{@event.FullName} is no event: its proto has no option (ecosystem.events.v1.topic).");
}
