using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.Catalog.Tests;

/// <summary>Callers with good tokens. How bad ones are refused, ServiceDefaults tests.</summary>
public static class TestTokens
{
    private const string Issuer = "http://localhost:8180/realms/ecosystem";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    public static string Holder => Of("klinikum-beispiel", "data-holder");

    public static string OtherHolder => Of("krankenkasse-beispiel", "data-holder");

    public static string Developer => Of("ki-team-beispiel", "developer");

    public static string Operator => Of("koordinierungsstelle-beispiel", "operator");

    public static string Of(string organisation, params string[] roles) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "catalog",
        Claims = new Dictionary<string, object>
        {
            ["sub"] = $"subject-of-{organisation}",
            ["org"] = organisation,
            ["realm_access"] = new Dictionary<string, object> { ["roles"] = roles },
        },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
    });

    public static void Accept(IServiceCollection services) =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            configuration.SigningKeys.Add(Key);
            bearer.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
        });
}
