using Ecosystem.Gateway.Refusals;

namespace Ecosystem.Gateway.Edge;

/// <summary>
/// Every answer names the region that gave it. A request that names another region is not served by accident: it is told so.
/// </summary>
internal sealed class RegionHeader(RequestDelegate next, IConfiguration configuration)
{
    public const string Name = "x-region";

    private readonly string _region = configuration["REGION"] is { Length: > 0 } region ? region : "ruhr";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[Name] = _region;
        var wanted = context.Request.Headers[Name].ToString();
        if (wanted.Length > 0 && !string.Equals(wanted, _region, StringComparison.OrdinalIgnoreCase))
            return GatewayRefusals.OtherRegion(wanted, _region).WriteAsync(context);

        context.Request.Headers[Name] = _region;
        return next(context);
    }
}
