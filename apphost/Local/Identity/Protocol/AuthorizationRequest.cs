using System.Globalization;
using Ecosystem.AppHost.Local.Identity.Realms;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>A checked request to the authorization endpoint (OpenID Connect Core section 3.1.2.1).</summary>
internal sealed record AuthorizationRequest
{
    public required Client Client { get; init; }
    public required string RedirectUri { get; init; }
    public required string Scope { get; init; }
    public string? State { get; init; }
    public string? Nonce { get; init; }
    public string? CodeChallenge { get; init; }
    public string? LoginHint { get; init; }
    public IReadOnlyList<string> Prompt { get; init; } = [];
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// Finds where an answer may be sent. Until this succeeds nothing may be redirected, or this would be an open redirector.
    /// </summary>
    public static (Client Client, string RedirectUri) ReadTarget(Parameters parameters, Realm realm)
    {
        var client = realm.FindClient(parameters.Required("client_id"))
            ?? throw OAuthException.InvalidRequest($"The client '{parameters["client_id"]}' is not known in the realm '{realm.Name}'.");
        if (!client.MayUseCodeFlow)
            throw new OAuthException("unauthorized_client", $"The client '{client.Id}' is not allowed to sign people in.");
        var redirectUri = parameters.Required("redirect_uri");
        return client.RedirectUris.Allow(redirectUri)
            ? (client, redirectUri)
            : throw OAuthException.InvalidRequest($"The redirect_uri is not one of those registered for the client '{client.Id}'.");
    }

    public static AuthorizationRequest Read(Parameters parameters, Client client, string redirectUri)
    {
        if (parameters.Required("response_type") != "code")
            throw new OAuthException("unsupported_response_type", "Only the response_type 'code' is supported.");
        if (parameters["response_mode"] is not (null or "query"))
            throw OAuthException.InvalidRequest("Only the response_mode 'query' is supported.");
        if (parameters["request"] is not null)
            throw new OAuthException("request_not_supported", "Request objects are not supported.");

        var challenge = parameters["code_challenge"];
        if (challenge is null && client.RequiresPkce)
            throw OAuthException.InvalidRequest("Missing parameter: code_challenge. This client must use PKCE with the method S256.");
        if (challenge is not null && (parameters["code_challenge_method"] != "S256" || !Pkce.IsWellFormedChallenge(challenge)))
            throw OAuthException.InvalidRequest("Invalid parameter: code_challenge_method must be S256 and the code_challenge 43 base64url characters.");

        var prompt = (parameters["prompt"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (prompt.Contains("none", StringComparer.Ordinal) && prompt.Length > 1)
            throw OAuthException.InvalidRequest("prompt=none cannot be combined with other values.");

        return new AuthorizationRequest
        {
            Client = client,
            RedirectUri = redirectUri,
            Scope = Scopes.Grant(parameters["scope"]),
            State = parameters["state"],
            Nonce = parameters["nonce"],
            CodeChallenge = challenge,
            LoginHint = parameters["login_hint"],
            Prompt = prompt,
            MaxAge = ReadMaxAge(parameters["max_age"]),
        };
    }

    private static TimeSpan? ReadMaxAge(string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : throw OAuthException.InvalidRequest("max_age must be a number of seconds.");
}
