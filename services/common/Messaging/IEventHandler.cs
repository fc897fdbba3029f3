using Google.Protobuf;

namespace Ecosystem.Messaging;

/// <summary>
/// Applies one kind of event. Created per delivery by dependency injection. Writes go through <see cref="EventContext.Session"/>; the inbox
/// is marked and everything saved after the handler returns, so an event is applied once however often it is delivered.
/// </summary>
/// <typeparam name="TEvent">An event of the contracts, declared with <c>option (ecosystem.events.v1.topic)</c>.</typeparam>
public interface IEventHandler<in TEvent>
    where TEvent : IMessage
{
    /// <summary>
    /// Applies the event. Do not save: the delivery does. Throw when the event cannot be applied; nothing is then
    /// changed and the event is delivered again as the handler's failure policy says.
    /// </summary>
    Task HandleAsync(TEvent @event, EventContext context, CancellationToken ct);
}
