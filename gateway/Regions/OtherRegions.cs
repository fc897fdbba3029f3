using System.Net;
using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Refusals;
using Yarp.ReverseProxy.Forwarder;

namespace Ecosystem.Gateway.Regions;

/// <summary>The other region that a request is for.</summary>
internal sealed record WantedRegion(string Name, RegionDoor Door);

/// <summary>
/// Passes requests for another region on to its door, as they are: whether the token is good is for that region to say, whose realm gave it.
/// </summary>
internal sealed class OtherRegions(RequestDelegate next, IHttpForwarder forwarder, RegionConnections connections)
{
    private static readonly ForwarderRequestConfig Rest = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };
    private static readonly ForwarderRequestConfig Grpc = new()
    {
        ActivityTimeout = TimeSpan.FromMinutes(10), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<WantedRegion>() is { } wanted ? PassOnAsync(context, wanted) : next(context);

    private async Task PassOnAsync(HttpContext context, WantedRegion wanted)
    {
        var isGrpc = Refusal.IsGrpc(context.Request);
        context.Response.Headers.Remove(RegionHeader.Name); // that region names itself
        var error = await forwarder.SendAsync(context, isGrpc ? wanted.Door.Grpc : wanted.Door.Http, connections.Http, isGrpc ? Grpc : Rest);
        if (error is ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.ResponseBodyCanceled or ForwarderError.RequestBodyClient)
            return;

        context.Response.Headers[RegionHeader.Name] = connections.Own;
        await GatewayRefusals.RegionUnreachable(wanted.Name).WriteAsync(context);
    }
}
