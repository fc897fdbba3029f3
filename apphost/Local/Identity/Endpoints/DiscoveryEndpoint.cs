using Ecosystem.AppHost.Local.Identity.Keys;
using Ecosystem.AppHost.Local.Identity.Protocol;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>OpenID Connect Discovery 1.0 and the key set; exactly what is implemented and nothing more.</summary>
internal static class DiscoveryEndpoint
{
    private static readonly Dictionary<string, object> Capabilities = new(StringComparer.Ordinal)
    {
        ["grant_types_supported"] = new[] { "authorization_code", "client_credentials", "refresh_token" },
        ["response_types_supported"] = new[] { "code" },
        ["response_modes_supported"] = new[] { "query" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        ["scopes_supported"] = Scopes.Supported,
        ["claims_supported"] = new[] { "aud", "sub", "iss", "auth_time", "name", "given_name", "family_name", "preferred_username", "acr", "org" },
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["prompt_values_supported"] = new[] { "none", "login" },
        ["ui_locales_supported"] = new[] { "de", "en" },
        ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post" },
        ["introspection_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post" },
        ["authorization_response_iss_parameter_supported"] = true,
        ["request_parameter_supported"] = false,
        ["request_uri_parameter_supported"] = false,
        ["claims_parameter_supported"] = false,
    };

    public static void Map(IEndpointRouteBuilder realm)
    {
        realm.MapGet("/.well-known/openid-configuration", Configuration);
        realm.MapGet("/protocol/openid-connect/certs", (SigningKeys keys) =>
            Results.Json(new { keys = keys.Published.Select(key => key.ToPublicJwk()) }));
    }

    private static IResult Configuration(Issuer issuer) => Results.Json(new Dictionary<string, object>(Capabilities, StringComparer.Ordinal)
    {
        ["issuer"] = issuer.Name,
        ["authorization_endpoint"] = issuer.Endpoint("auth"),
        ["token_endpoint"] = issuer.Endpoint("token"),
        ["introspection_endpoint"] = issuer.Endpoint("token/introspect"),
        ["userinfo_endpoint"] = issuer.Endpoint("userinfo"),
        ["end_session_endpoint"] = issuer.Endpoint("logout"),
        ["jwks_uri"] = issuer.Endpoint("certs"),
    });
}
