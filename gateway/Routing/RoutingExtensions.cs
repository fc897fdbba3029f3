using System.Net;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace Ecosystem.Gateway.Routing;

internal static class RoutingExtensions
{
    /// <summary>
    /// Routes and clusters come from the section <c>ReverseProxy</c>. YARP checks a reload before it takes it and keeps the former routes, with
    /// the reasons in the log, when it is not sound.
    /// </summary>
    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AskForAddresses>(Dns.GetHostAddressesAsync);
        builder.Services.AddSingleton<Copies>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Copies>());
        builder.Services.AddSingleton<IDestinationResolver, ServiceDiscoveryResolver>();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, FirstFailure>();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms(Draining.KeepFromCallers);
    }

    public static void MapRoutes(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseMiddleware<ForwardingFailures>();
        proxy.UseMiddleware<BodyLimit>();
        proxy.UseMiddleware<AnotherCopy>();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });
}
