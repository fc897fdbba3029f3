namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>A realm as read and checked: who may sign in, for which clients, for how long.</summary>
internal sealed record Realm
{
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public required TimeSpan CodeLifetime { get; init; }
    public required TimeSpan AccessTokenLifetime { get; init; }
    public required TimeSpan SessionIdleTimeout { get; init; }
    public required TimeSpan SessionMaxLifetime { get; init; }
    public required IReadOnlyDictionary<string, Client> Clients { get; init; }
    public required IReadOnlyDictionary<string, Account> Accounts { get; init; }

    public Client? FindClient(string? clientId) =>
        clientId is not null && Clients.TryGetValue(clientId, out var client) ? client : null;

    /// <summary>User names are case-insensitive, as in Keycloak.</summary>
    public Account? FindAccount(string? username) =>
        username is not null && Accounts.TryGetValue(username, out var account) && account.ServiceClientId is null ? account : null;

    public Account? FindServiceAccount(Client client) =>
        Accounts.Values.FirstOrDefault(account => account.ServiceClientId == client.Id);
}

internal sealed record Client
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? Secret { get; init; }
    public bool MayUseCodeFlow { get; init; }
    public bool MayUseClientCredentials { get; init; }

    /// <summary>Public clients always must; confidential ones when <c>pkce.code.challenge.method</c> says so.</summary>
    public bool RequiresPkce { get; init; }
    public required RedirectPatterns RedirectUris { get; init; }
    public required RedirectPatterns PostLogoutRedirectUris { get; init; }
    public required IReadOnlySet<string> WebOrigins { get; init; }
    public required IReadOnlyList<ClaimMapper> Mappers { get; init; }

    public bool IsPublic => Secret is null;
}

internal sealed record Account
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Password { get; init; }
    public string? ServiceClientId { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; }

    public string? FullName =>
        string.Join(' ', new[] { FirstName, LastName }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } name ? name : null;
}
