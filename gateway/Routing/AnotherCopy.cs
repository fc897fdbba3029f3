using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// Asks another copy of the service, once, when the first was not there, or broke off a read. A request that nobody took is repeated whatever
/// it is; one that may have been carried out only if it is safe (RFC 9110 section 9.2.1).
/// </summary>
internal sealed partial class AnotherCopy(RequestDelegate next, ILogger<AnotherCopy> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var route = context.GetReverseProxyFeature();
        var available = route.AvailableDestinations;
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure || !MayBeRepeated(context, failure) || route.ProxiedDestination is not { } failed)
            return;

        // Behind one address there may be several copies, as with a Service of Kubernetes; there a read is worth a second try.
        DestinationState[] others = [.. available.Where(destination => destination != failed)];
        if (others.Length == 0 && !IsSafe(context.Request))
            return;

        LogRepeat(logger, failed.DestinationId, failure.Error);
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.StatusCode = StatusCodes.Status200OK;
        route.AvailableDestinations = others.Length == 0 ? available : others;
        route.ProxiedDestination = null;
        await next(context);
    }

    private static bool MayBeRepeated(HttpContext context, IForwarderErrorFeature failure) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && failure.Error switch
        {
            ForwarderError.Request => IsSafe(context.Request) || WasNotTaken(failure.Exception),
            ForwarderError.ResponseHeaders => IsSafe(context.Request),
            _ => false,
        };

    private static bool WasNotTaken(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    [LoggerMessage(LogLevel.Information, "{Destination} did not answer ({Error}); another copy is asked")]
    private static partial void LogRepeat(ILogger logger, string destination, ForwarderError error);
}
