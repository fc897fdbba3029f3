using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Identity;

internal static class ServiceIdentityExtensions
{
    public static void AddServiceIdentity(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<KeycloakOptions>, KeycloakOptionsValidation>();
        builder.Services.AddOptions<KeycloakOptions>().BindConfiguration(KeycloakOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<RememberedTokens>();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<KeycloakOptions>, RememberedTokens, TimeProvider>(Configure);
    }

    private static void Configure(JwtBearerOptions bearer, IOptions<KeycloakOptions> options, RememberedTokens tokens, TimeProvider time)
    {
        var keycloak = options.Value;
        bearer.Authority = keycloak.Authority;
        bearer.RequireHttpsMetadata = keycloak.AuthServerUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        bearer.MapInboundClaims = false;
        bearer.TimeProvider = time;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(tokens);
        bearer.RefreshInterval = TimeSpan.FromSeconds(10); // how soon an unknown signing key is looked up again
        bearer.Events = new JwtBearerEvents { OnAuthenticationFailed = Remember };
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = keycloak.Authority,
            ValidAudience = keycloak.Resource,
            ValidateAudience = keycloak.VerifyTokenAudience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ClockSkew = TimeSpan.FromSeconds(10),
            NameClaimType = "sub",
            RoleClaimType = RealmAccess.RoleClaim,
        };
    }

    /// <summary>
    /// Keeps why a token was refused. When the keys could not be fetched, the handler calls the signature wrong; asking for them again tells
    /// whether it was the token or the identity provider. Fail makes the latter a refusal with a reason, where it would be an unexplained 500.
    /// </summary>
    private static async Task Remember(AuthenticationFailedContext context)
    {
        var failure = context.Exception;
        if (failure is SecurityTokenSignatureKeyNotFoundException && context.Options.ConfigurationManager is { } keys)
        {
            try
            {
                await keys.GetConfigurationAsync(context.HttpContext.RequestAborted);
            }
            catch (Exception unreachable) when (unreachable is InvalidOperationException or HttpRequestException)
            {
                failure = unreachable;
            }
        }

        context.HttpContext.Features.Set(new TokenFailure(failure));
        context.Fail(failure);
    }
}
