using Ecosystem.AppHost.Local.Identity.Protocol;

namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>Authorization requests whose person has not signed in yet.</summary>
internal sealed class PendingLogins(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly OneTimeSecrets<PendingLogin> _logins = new(clock);

    public string Add(PendingLogin login) => _logins.Issue(login, Lifetime);

    public PendingLogin? Find(string id) => _logins.Peek(id);

    /// <summary>False when another submission of the same form was first.</summary>
    public bool Complete(string id) => _logins.Redeem(id) is { Value: not null, WasUsedBefore: false };
}

/// <param name="Request">What the client asked.</param>
/// <param name="Query">Its parameters as sent, to offer the form in another language.</param>
internal sealed record PendingLogin(AuthorizationRequest Request, IReadOnlyList<KeyValuePair<string, string>> Query);
