using Ecosystem.Gateway.Refusals;
using Yarp.ReverseProxy.Model;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// Refuses a body that says itself that it is too large before a byte of it is read. One that does not say is stopped by Kestrel while it is
/// passed on, and answered by <see cref="ForwardingFailures"/>.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetReverseProxyFeature().Route.Config.MaxRequestBodySize;
        return limit is >= 0 && context.Request.ContentLength > limit
            ? GatewayRefusals.BodyTooLarge(limit).WriteAsync(context)
            : next(context);
    }
}
