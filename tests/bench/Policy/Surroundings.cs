using System.Security.Cryptography;
using Ecosystem.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.Bench.Policy;

/// <summary>What a service expects around it: an identity provider that shows its keys, and a sidecar, which takes every event and forgets it.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "bench" };

    private Surroundings()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        Address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        builder.WebHost.UseUrls(Address);
        _app = builder.Build();
        _app.MapGet("/realms/ecosystem/.well-known/openid-configuration", () => new { issuer = Issuer, jwks_uri = $"{Issuer}/keys" });
        _app.MapGet("/realms/ecosystem/keys", () => new { keys = new[] { JsonWebKeyConverter.ConvertFromRSASecurityKey(_key) } });
        _app.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        _app.MapPost("/v1.0/publish/pubsub/{topic}", Forget);
        _app.MapPost("/v1.0-alpha1/publish/bulk/pubsub/{topic}", Forget);
    }

    /// <summary>Where all of it is.</summary>
    public string Address { get; }

    private string Issuer => $"{Address}/realms/ecosystem";

    public static async Task<Surroundings> StartAsync()
    {
        var surroundings = new Surroundings();
        await surroundings._app.StartAsync();
        return surroundings;
    }

    /// <summary>A token for a service, signed as it expects.</summary>
    public string Token(string subject, string organisation, string role, string audience = "policy") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = audience,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = subject,
            ["org"] = organisation,
            ["realm_access"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = new[] { role } },
        },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<IResult> Forget(HttpRequest request)
    {
        await request.Body.CopyToAsync(Stream.Null);
        return Results.NoContent();
    }
}
