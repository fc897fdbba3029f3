using Ecosystem.Gateway.Refusals;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Gateway.Edge;

/// <summary>
/// Stops a bad token at the door. A request without one goes on: which methods are public is declared in the contracts, and the service decides.
/// </summary>
internal sealed class TokenCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        TokenProblem.Of(context) is { } problem ? GatewayRefusals.BadToken(problem).WriteAsync(context) : next(context);
}
