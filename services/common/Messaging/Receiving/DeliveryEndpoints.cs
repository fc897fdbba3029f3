using System.Text.Json;
using Ecosystem.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// What the sidecar calls. It reads only the body of a 2xx answer; a 404 would lose the event, so every type ends at a
/// route that exists.
/// </summary>
internal sealed partial class DeliveryEndpoints(EventDelivery delivery, DeadLetterBox deadLetters, ILogger<DeliveryEndpoints> log)
{
    public const string Route = "/events";
    public const string UnhandledRoute = Route + "/unhandled";
    public const string DeadRoute = Route + "/dead";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var sidecar = endpoints.MapGroup("").AddEndpointFilter<SidecarTokenFilter>().AllowAnonymous().ExcludeFromDescription()
            .WithMetadata(new DisableRequestSizeLimitAttribute()); // the sidecar bounds what it sends by number, and refusing it would only bring it again
        sidecar.MapGet("/dapr/subscribe", (SubscriptionList subscriptions, MessagingOptions options) =>
            Results.Json(DaprSubscription.Of(subscriptions, options.PubSub)));
        sidecar.MapPost(Route, (HttpContext http, DeliveryEndpoints self) => self.ReceiveAsync(http));
        sidecar.MapPost(Route + "/{type}", (HttpContext http, DeliveryEndpoints self) => self.ReceiveAsync(http)); // a sidecar that asked the release before
        sidecar.MapPost(DeadRoute, (HttpContext http, DeliveryEndpoints self) => self.GivenUpAsync(http));
    }

    private async Task<IResult> ReceiveAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            if (BulkEnvelope.IsBulk(body.RootElement))
                return await ReceiveAsync(BulkEnvelope.Read(body.RootElement), http);

            var outcomes = await delivery.ReceiveAsync([CloudEvent.Read(body.RootElement)], http.RequestAborted);
            return Reply(outcomes[0]);
        }
        catch (Exception invalid) when (invalid is EnvelopeException or JsonException)
        {
            Log.NoEvent(log, http.Request.Path, invalid.Message);
            return Reply(DeliveryOutcome.Invalid);
        }
    }

    private async Task<IResult> ReceiveAsync(IReadOnlyList<BulkEntry> entries, HttpContext http)
    {
        var events = entries.Where(entry => entry.Event is not null).Select(entry => entry.Event!).ToList();
        var outcomes = new Queue<DeliveryOutcome>(await delivery.ReceiveAsync(events, http.RequestAborted));
        var statuses = new List<EntryStatus>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.Reason is not null)
                Log.NoEvent(log, http.Request.Path, entry.Reason);
            statuses.Add(new EntryStatus(entry.EntryId, StatusOf(entry.Event is null ? DeliveryOutcome.Invalid : outcomes.Dequeue())));
        }

        return Results.Json(new { statuses });
    }

    /// <summary>The last stop of an event: whatever it is, it is kept until somebody decides.</summary>
    private async Task<IResult> GivenUpAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            using var body = JsonDocument.Parse(text);
            await delivery.GivenUpAsync(CloudEvent.Read(body.RootElement), http.RequestAborted);
        }
        catch (Exception invalid) when (invalid is EnvelopeException or JsonException)
        {
            await deadLetters.UnreadableAsync(text, invalid.Message, http.RequestAborted);
        }
        catch (Exception again) when (again is StoreUnavailableException or ConcurrencyException or UniqueConstraintException)
        {
            Log.NotParked(log, again.Message);
            return Reply(DeliveryOutcome.Failed);
        }

        return Reply(DeliveryOutcome.Parked);
    }

    private static IResult Reply(DeliveryOutcome outcome) => Results.Json(new { status = StatusOf(outcome) });

    private static string StatusOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Failed or DeliveryOutcome.HeldBack => "RETRY",
        DeliveryOutcome.Invalid => "DROP",
        _ => "SUCCESS",
    };

    private sealed record EntryStatus(string EntryId, string Status);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What was delivered to {Path} is dropped: {Reason}")]
        public static partial void NoEvent(ILogger logger, string path, string reason);

        [LoggerMessage(2, LogLevel.Warning, "A dead letter could not be kept and comes again. {Reason}")]
        public static partial void NotParked(ILogger logger, string reason);
    }
}
