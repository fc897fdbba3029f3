using Ecosystem.AppHost.Local.Identity.Sessions;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>What an authorization code stands for (RFC 6749 section 4.1, RFC 7636).</summary>
internal sealed record CodeGrant(
    string ClientId, string RedirectUri, string Scope, string? Nonce, string? CodeChallenge, SignedInSession Session);

/// <summary>What a refresh token stands for: the client it was given to and the session it keeps alive.</summary>
internal sealed record RefreshGrant(string ClientId, string Scope, SignedInSession Session);
