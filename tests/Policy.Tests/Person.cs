using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.Policy.Tests;

/// <summary>Who calls. How bad tokens are refused, ServiceDefaults tests.</summary>
public sealed record Person(string Subject, string Organisation, params string[] Roles)
{
    private const string Issuer = "http://127.0.0.1:8180/realms/ecosystem";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    public static Person Analyst { get; } = new("analyst", "institut-beispiel", "analyst");

    public static Person Developer { get; } = new("developer", "ki-team-beispiel", "developer");

    public static Person Holder { get; } = new("holder", "klinikum-beispiel", "data-holder");

    public static Person OtherHolder { get; } = new("holder2", "krankenkasse-beispiel", "data-holder");

    public static Person Reviewer { get; } = new("reviewer", "pruefstelle-beispiel", "reviewer");

    public static Person Auditor { get; } = new("auditor", "pruefstelle-beispiel", "auditor");

    public static Person Operator { get; } = new("operator", "koordinierungsstelle-beispiel", "operator");

    public string Token => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = "policy",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(20),
        Claims = new Dictionary<string, object>
        {
            ["sub"] = Subject,
            ["org"] = Organisation,
            ["realm_access"] = new Dictionary<string, object> { ["roles"] = Roles },
        },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
    });

    public static void Accept(IServiceCollection services) =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            configuration.SigningKeys.Add(Key);
            bearer.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);

            // The clock of these tests moves by years; how long a token lives is not their business.
            bearer.TokenValidationParameters.ValidateLifetime = false;
        });
}
