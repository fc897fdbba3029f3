using System.Net;
using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Decision = Ecosystem.Policy.V1.Decision;

namespace Ecosystem.Bench.Policy;

/// <summary>The same contract, the same check of the token, the same evaluation of the same terms; but nothing is counted, logged, announced or kept.</summary>
internal static class UnloggedDecisions
{
    public const string Verb = "serve-decisions";

    /// <summary>Serves until the process is stopped.</summary>
    /// <param name="identity">Address of the identity provider.</param>
    public static async Task RunAsync(string identity)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Keycloak:realm", "ecosystem"), new("Keycloak:auth-server-url", identity), new("Keycloak:resource", "policy"), new("Keycloak:ssl-required", "none"),
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddServiceDefaults();

        await using var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<Calls>();
        await app.StartAsync();
        Console.WriteLine($"listening {new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}");
        await app.WaitForShutdownAsync();
    }

    private sealed class Calls(TimeProvider time) : DecisionService.DecisionServiceBase
    {
        private static readonly OdrlPolicy Policy = OdrlReader.Parse(DecisionsArea.Terms);

        public override Task<Decision> Decide(DecideRequest request, ServerCallContext context)
        {
            var now = time.GetUtcNow();
            var use = new UsageRequest(OdrlTerms.Use) { Target = request.DataAssetId, Assignee = context.GetCaller().Organisation }.For(request.Purpose);
            var decision = PolicyEvaluator.Evaluate(Policy, use, new StateOfTheWorld(now));
            return Task.FromResult(new Decision { Id = request.AgreementId, Permitted = decision.IsPermitted, Time = now.ToTimestamp() });
        }
    }
}
