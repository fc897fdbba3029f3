using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Regions;
using Ecosystem.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Edge;

/// <summary>What every request passes before anything looks at where it goes.</summary>
internal static class EdgeExtensions
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddCors();
        builder.Services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<GatewayOptions>>((cors, gateway) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. gateway.Value.Cors.Origins])
                .AllowAnyMethod()
                .AllowAnyHeader()
                .WithExposedHeaders("ETag", "Location", "Retry-After", "WWW-Authenticate", RegionHeader.Name)
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        builder.TraceOnlyForACollector();
    }

    public static void UseEdge(this WebApplication app)
    {
        app.LeaveAuthorizationToTheServices();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RegionHeader>();
        app.UseRouting(); // here, because the region may have stood before the path
        app.UseCors();
        app.UseServiceIdentity();
        app.UseMiddleware<TokenCheck>();
        app.UseMiddleware<ClientRateLimit>();
        app.UseMiddleware<OtherRegions>();
    }

    /// <summary>
    /// YARP registers authorization, for which WebApplication then puts a step in front of everything. There, before the route is known, it
    /// decides nothing, and takes time for every request. A route that names a policy is refused as before, because nothing checks it here.
    /// </summary>
    private static void LeaveAuthorizationToTheServices(this WebApplication app) =>
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
}
