using Google.Protobuf.Reflection;

namespace Ecosystem.Storage;

/// <summary>Knows where an event goes and what may travel. Provided by Messaging: the store does not know the contracts.</summary>
internal interface IEventAddressing
{
    /// <summary>The most bytes of proto3 JSON one event may have.</summary>
    int LargestEvent { get; }

    /// <exception cref="InvalidOperationException">The message declares no topic.</exception>
    string TopicOf(MessageDescriptor @event);
}
