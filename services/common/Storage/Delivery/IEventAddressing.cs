using Google.Protobuf.Reflection;

namespace Ecosystem.Storage;

/// <summary>Knows the topic of an event. Provided by Messaging: the store does not know the contracts.</summary>
internal interface IEventAddressing
{
    /// <exception cref="InvalidOperationException">The message declares no topic.</exception>
    string TopicOf(MessageDescriptor @event);
}
