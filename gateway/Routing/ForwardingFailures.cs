using Ecosystem.Gateway.Refusals;
using Ecosystem.Gateway.Regions;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Ecosystem.Gateway.Routing;

/// <summary>Turns a failed forwarding into an answer that names the service and says what to do.</summary>
internal sealed partial class ForwardingFailures(RequestDelegate next, ReadElsewhere elsewhere, ILogger<ForwardingFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure)
            return;

        var route = context.GetReverseProxyFeature();
        var service = route.Cluster.Config.ClusterId.Split('.')[0];
        LogFailure(logger, service, failure.Error, failure.Exception?.Message);
        if (IsAway(failure.Error) && await elsewhere.TryAsync(context, route.Cluster.Config.Metadata))
            return;

        if (Refuse(failure, service, route.Route.Config.MaxRequestBodySize) is { } refusal)
            await refusal.WriteAsync(context);
    }

    private static bool IsAway(ForwarderError error) =>
        error is ForwarderError.NoAvailableDestinations or ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.ResponseHeaders;

    private static Refusal? Refuse(IForwarderErrorFeature failure, string service, long? bodyLimit) => failure.Error switch
    {
        ForwarderError.NoAvailableDestinations => GatewayRefusals.ServiceUnavailable(service),
        ForwarderError.Request or ForwarderError.RequestCreation => GatewayRefusals.ServiceUnreachable(service),
        ForwarderError.RequestTimedOut => GatewayRefusals.ServiceTooSlow(service),
        ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination => GatewayRefusals.ServiceBroke(service),
        _ => BodyFault(failure.Exception)?.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => GatewayRefusals.BodyTooLarge(bodyLimit),
            StatusCodes.Status408RequestTimeout => GatewayRefusals.BodyTooSlow(),
            _ => null, // the client has gone, or the answer is on its way already
        },
    };

    private static BadHttpRequestException? BodyFault(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException fault => fault,
        AggregateException several => several.InnerExceptions.Select(BodyFault).FirstOrDefault(fault => fault is not null),
        _ => BodyFault(exception.InnerException),
    };

    [LoggerMessage(LogLevel.Warning, "A request could not be passed on to {Service}: {Error}. {Detail}")]
    private static partial void LogFailure(ILogger logger, string service, ForwarderError error, string? detail);
}
