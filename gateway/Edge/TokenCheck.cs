using Ecosystem.Gateway.Refusals;
using Ecosystem.Gateway.Regions;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Gateway.Edge;

/// <summary>
/// Stops a bad token at the door. A request without one goes on: which methods are public is declared in the contracts, and the service decides. One for another region is that region's to judge.
/// </summary>
internal sealed class TokenCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<WantedRegion>() is null && TokenProblem.Of(context) is { } problem ? GatewayRefusals.BadToken(problem).WriteAsync(context) : next(context);
}
