using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The HTTP side of a call being served.</summary>
public static class ServerCallContextExtensions
{
    private const string HttpContextKey = "__HttpContext";

    /// <summary>The HTTP request the call came with, through the gRPC door or the REST door.</summary>
    /// <exception cref="InvalidOperationException">The call did not come over HTTP (a test double without <c>UserState["__HttpContext"]</c>).</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        return serverCallContext switch
        {
            Ecosystem.Grpc.Server.Calls.HttpCallContext call => call.HttpContext,
            _ when serverCallContext.UserState.TryGetValue(HttpContextKey, out var value) && value is HttpContext context => context,
            _ => throw new InvalidOperationException("The call did not come over HTTP."),
        };
    }
}
