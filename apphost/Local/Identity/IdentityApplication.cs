using Ecosystem.AppHost.Local.Identity.Endpoints;
using Ecosystem.AppHost.Local.Identity.Keys;
using Ecosystem.AppHost.Local.Identity.Pages;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.AppHost.Local.Identity.Tokens;

namespace Ecosystem.AppHost.Local.Identity;

/// <summary>Puts the provider together.</summary>
internal static class IdentityApplication
{
    /// <exception cref="DevelopmentOnlyException">The environment is not Development.</exception>
    /// <exception cref="RealmFileException">The realm file cannot be used.</exception>
    public static WebApplication Create(IdentityOptions options, TimeProvider clock)
    {
        if (options.EnvironmentName != Environments.Development)
            throw new DevelopmentOnlyException(options.EnvironmentName);
        var realm = RealmFile.Read(options);

        // An empty builder: no ambient setting (ASPNETCORE_URLS, appsettings.json) may move or loosen a sign-in service.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = options.EnvironmentName });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Ecosystem", LogLevel.Information);
        builder.WebHost.UseKestrelCore().UseUrls(options.ListenAddress.ToString());
        builder.Services.AddRoutingCore();
        builder.Services.AddCors(cors =>
        {
            cors.AddDefaultPolicy(policy => policy.WithOrigins([.. realm.Clients.Values.SelectMany(client => client.WebOrigins)]).AllowAnyHeader().AllowAnyMethod());
        });
        builder.Services
            .AddSingleton(options)
            .AddSingleton(realm)
            .AddSingleton(clock)
            .AddSingleton(new SigningKeys(new SigningKeyFile(options.StateDirectory), clock, realm.SessionMaxLifetime))
            .AddSingleton<Issuer>()
            .AddSingleton<TokenIssuer>()
            .AddSingleton<TokenReader>()
            .AddSingleton<SessionStore>()
            .AddSingleton<PendingLogins>()
            .AddSingleton<OneTimeSecrets<CodeGrant>>()
            .AddSingleton<OneTimeSecrets<RefreshGrant>>()
            .AddSingleton<BrowserBinding>()
            .AddSingleton<IdentityPages>()
            .AddSingleton<SignInFlow>()
            .AddSingleton<TokenGrants>();

        var app = builder.Build();
        _ = app.Services.GetRequiredService<SigningKeys>().Current;
        app.UseRouting();
        app.UseCors();
        app.MapGet("/health", () => Results.Text("Healthy"));
        app.MapGet("/alive", () => Results.Text("Healthy"));

        var group = app.MapGroup($"/realms/{realm.Name}");
        DiscoveryEndpoint.Map(group);
        AuthorizationEndpoint.Map(group);
        SignInEndpoint.Map(group);
        TokenEndpoint.Map(group);
        UserInfoEndpoint.Map(group);
        IntrospectionEndpoint.Map(group);
        LogoutEndpoint.Map(group);
        return app;
    }
}

/// <summary>The provider knows passwords in clear text and signs with a key on disk; it must never face anybody but its developer.</summary>
internal sealed class DevelopmentOnlyException(string environment)
    : Exception($"The local OpenID provider is for development only and refuses to start in the environment '{environment}'. "
        + "Use Keycloak with the same realm file, or set DOTNET_ENVIRONMENT=Development on a developer's machine.");
