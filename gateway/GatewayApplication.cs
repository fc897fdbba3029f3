using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Contracts;
using Ecosystem.Gateway.Edge;
using Ecosystem.Gateway.Pages;
using Ecosystem.Gateway.Regions;
using Ecosystem.Gateway.Routing;
using Ecosystem.Gateway.Status;
using Ecosystem.ServiceDefaults;

namespace Ecosystem.Gateway;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayApplication
{
    /// <param name="args">Settings, as on the command line.</param>
    /// <param name="replace">Puts other services in the place of those that are registered here.</param>
    public static WebApplication Create(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.KeepLastGoodJson();
        builder.AddServiceDefaults();
        builder.AddGatewayOptions();
        builder.AddEdge();
        builder.AddRegions();
        builder.AddRoutes();
        builder.AddServiceStatus();
        builder.AddPublicContracts();
        builder.AddPages();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseEdge();
        app.MapServiceDefaults();
        app.MapGrpcService<FederatedSearch>();
        app.MapPages();
        app.MapRoutes();
        return app;
    }
}
