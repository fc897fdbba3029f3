using Ecosystem.Gateway.Refusals;

namespace Ecosystem.Gateway.Regions;

/// <summary>
/// Finds the region that a request is for: <c>/r/{region}/...</c> or the header <c>x-region</c>, else this one. Every answer names the region
/// that gave it; a request for a region that nobody here knows is not served by accident.
/// </summary>
internal sealed class RegionHeader(RequestDelegate next, KnownRegions regions)
{
    public const string Name = "x-region";

    private static readonly PathString Prefix = "/r";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[Name] = regions.Own;
        var wanted = context.Request.Headers[Name].ToString();
        if (context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest) && rest.Value is [_, .. var inside] && inside.Split('/', 2) is [{ Length: > 0 } named, var path])
            (wanted, context.Request.Path) = (named, "/" + path);

        if (wanted.Length == 0 || regions.IsOwn(wanted))
        {
            context.Request.Headers[Name] = regions.Own;
            return next(context);
        }

        if (regions.Find(wanted) is not { } door)
            return GatewayRefusals.OtherRegion(wanted, regions.Own).WriteAsync(context);

        context.Request.Headers[Name] = wanted;
        context.Features.Set(new WantedRegion(wanted, door));
        return next(context);
    }
}
