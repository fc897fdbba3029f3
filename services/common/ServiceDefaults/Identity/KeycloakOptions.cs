using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>
/// Who issues the tokens this service accepts. Bound to the configuration section <c>Keycloak</c>, with the key names of
/// Keycloak's own adapter file, so that Keycloak.AuthServices could read the same section.
/// </summary>
public sealed class KeycloakOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Keycloak";

    /// <summary>The realm, e.g. <c>ecosystem</c>.</summary>
    [ConfigurationKeyName("realm")]
    public string Realm { get; set; } = "";

    /// <summary>The base address of the identity provider, e.g. <c>https://id.example.org/</c>.</summary>
    [ConfigurationKeyName("auth-server-url")]
    public string AuthServerUrl { get; set; } = "";

    /// <summary>The client id of this API; a token must name it in its audience.</summary>
    [ConfigurationKeyName("resource")]
    public string Resource { get; set; } = "";

    /// <summary>
    /// <c>none</c> allows plain HTTP to the identity provider, <c>external</c> (the default) and <c>all</c> demand HTTPS
    /// except for loopback addresses.
    /// </summary>
    [ConfigurationKeyName("ssl-required")]
    public string SslRequired { get; set; } = "external";

    /// <summary>Whether the audience is checked. True unless set otherwise.</summary>
    [ConfigurationKeyName("verify-token-audience")]
    public bool VerifyTokenAudience { get; set; } = true;

    /// <summary>The issuer of accepted tokens: <c>{auth-server-url}/realms/{realm}</c>.</summary>
    public string Authority => $"{AuthServerUrl.TrimEnd('/')}/realms/{Realm}";
}

internal sealed class KeycloakOptionsValidation : IValidateOptions<KeycloakOptions>
{
    public ValidateOptionsResult Validate(string? name, KeycloakOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Realm))
        {
            errors.Add("Keycloak:realm is missing. Set it to the realm of this ecosystem, e.g. Keycloak__realm=ecosystem.");
        }

        if (string.IsNullOrWhiteSpace(options.Resource))
        {
            errors.Add("Keycloak:resource is missing. Set it to the client id of this API, e.g. Keycloak__resource=catalog.");
        }

        if (options.SslRequired is not ("none" or "external" or "all"))
        {
            errors.Add($"Keycloak:ssl-required is '{options.SslRequired}'. Set it to none, external or all.");
        }

        if (!Uri.TryCreate(options.AuthServerUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            errors.Add($"Keycloak:auth-server-url is '{options.AuthServerUrl}'. Set it to the http or https address of the "
                + "identity provider, e.g. Keycloak__auth-server-url=https://id.example.org/.");
        }
        else if (address.Scheme == "http" && options.SslRequired != "none" && !address.IsLoopback)
        {
            errors.Add($"Keycloak:auth-server-url '{options.AuthServerUrl}' sends tokens unprotected. Use https, or set "
                + "Keycloak:ssl-required to none if the network in between is trusted.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
