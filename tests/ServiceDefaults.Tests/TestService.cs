using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>A service with the defaults and one small contract, on a loopback port.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public static async Task<TestService> StartAsync(string identityProvider, Action<WebApplicationBuilder>? configure = null, Exception? failure = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(new Competences(failure));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keycloak:realm"] = "ecosystem",
            ["Keycloak:auth-server-url"] = identityProvider,
            ["Keycloak:resource"] = "catalog",
        });
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapServiceDefaults();
        app.MapGrpcService<Competences>();
        await app.StartAsync();
        return new TestService(app);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Tells who called; one method of the contract is public, one needs a role.</summary>
    private sealed class Competences(Exception? failure = null) : CompetenceService.CompetenceServiceBase
    {
        public override Task<Competence> GetCompetence(GetCompetenceRequest request, ServerCallContext context) => Answer(context);

        public override Task<Competence> CreateCompetence(CreateCompetenceRequest request, ServerCallContext context) => Answer(context);

        private Task<Competence> Answer(ServerCallContext context)
        {
            var caller = context.GetCaller();
            if (failure is not null)
                throw failure;

            return Task.FromResult(new Competence { Id = caller.Subject, Provider = new() { Id = caller.Organisation, Name = caller.Region }, Methods = { caller.Roles } });
        }
    }
}
