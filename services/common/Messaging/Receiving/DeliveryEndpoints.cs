using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// What the sidecar calls. It reads only the body of a 2xx answer; a 404 would lose the event, so every type ends at a
/// route that exists.
/// </summary>
internal sealed partial class DeliveryEndpoints(EventDelivery delivery, ILogger<DeliveryEndpoints> log)
{
    public const string Route = "/events";
    public const string UnhandledRoute = Route + "/unhandled";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/dapr/subscribe", (SubscriptionList subscriptions, MessagingOptions options) =>
                Results.Json(DaprSubscription.Of(subscriptions, options.PubSub)))
            .AddEndpointFilter<SidecarTokenFilter>().AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost(Route + "/{type}", (HttpContext http, DeliveryEndpoints self) => self.ReceiveAsync(http))
            .AddEndpointFilter<SidecarTokenFilter>().AllowAnonymous().ExcludeFromDescription();
    }

    private async Task<IResult> ReceiveAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return Reply(await delivery.ReceiveAsync(CloudEvent.Read(body.RootElement), http.RequestAborted));
        }
        catch (Exception invalid) when (invalid is EnvelopeException or JsonException)
        {
            Log.NoEvent(log, http.Request.Path, invalid.Message);
            return Reply(DeliveryOutcome.Invalid);
        }
    }

    private static IResult Reply(DeliveryOutcome outcome) => Results.Json(new
    {
        status = outcome switch
        {
            DeliveryOutcome.Failed => "RETRY",
            DeliveryOutcome.Invalid => "DROP",
            _ => "SUCCESS",
        },
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What was delivered to {Path} is dropped: {Reason}")]
        public static partial void NoEvent(ILogger logger, string path, string reason);
    }
}
