using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>An issuer of tokens on loopback, at Keycloak's paths, with a key of its own.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "test" };

    private TestIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public string Authority => $"{Address}/realms/ecosystem";

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new TestIssuer(app);
        app.MapGet("/realms/ecosystem/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = issuer.Authority,
            jwks_uri = $"{issuer.Authority}/protocol/openid-connect/certs",
        }));
        app.MapGet("/realms/ecosystem/protocol/openid-connect/certs", () => Results.Json(new { keys = new[] { issuer.PublicKey() } }));
        await app.StartAsync();
        return issuer;
    }

    public string Token(
        string role, string audience = "catalog", string? issuer = null, int lifetimeSeconds = 300, SecurityKey? signedBy = null, string org = "klinikum-beispiel")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority,
            Audience = audience,
            IssuedAt = now.AddHours(-1),
            NotBefore = now.AddHours(-1),
            Expires = now.AddSeconds(lifetimeSeconds),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "subject-1",
                ["org"] = org,
                ["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { role } },
            },
            SigningCredentials = new SigningCredentials(signedBy ?? _key, SecurityAlgorithms.RsaSha256),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Dictionary<string, string> PublicKey()
    {
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
        return new() { ["kty"] = "RSA", ["kid"] = jwk.Kid, ["n"] = jwk.N, ["e"] = jwk.E, ["use"] = "sig", ["alg"] = "RS256" };
    }
}
