using System.Text.Json;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>Applies a dead letter on the path of a delivery: effect, mark in the inbox and end of the letter are one transaction.</summary>
internal sealed class DeadLetterReplay(SubscriptionList subscriptions, EventApplication application, IDocumentStore store)
{
    /// <summary>Returns null when the event has its effect now, else why not.</summary>
    public async Task<string?> ApplyAsync(DeadLetterDocument document, CancellationToken ct)
    {
        try
        {
            using var body = JsonDocument.Parse(document.Letter.Envelope);
            var @event = CloudEvent.Read(body.RootElement);
            if (subscriptions.Of(@event.Type) is not { } subscription)
                return $"This release does not apply {@event.Type}.";

            await application.ApplyAsync(ReceivedEvent.Read(@event, subscription), ct);
            return null;
        }
        catch (AlreadyReceivedException)
        {
            await ForgetAsync(document.Key, ct);
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or EnvelopeException)
        {
            return $"It is no event: {unreadable.Message}";
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return failure.Message;
        }
    }

    private async Task ForgetAsync(EventKey key, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        await DeadLetterBox.ForgetAsync(session, [key], ct);
        await session.SaveChangesAsync(ct);
    }
}
