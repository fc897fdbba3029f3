namespace Ecosystem.AppHost.Local.Identity;

/// <summary>What the local OpenID provider needs to know to stand in for Keycloak on a developer's machine.</summary>
internal sealed record IdentityOptions
{
    /// <summary>Where to listen, and the base of every issuer: <c>http://localhost:8180</c>. Port 0 takes a free one.</summary>
    public required Uri ListenAddress { get; init; }

    /// <summary>The realm as Keycloak imports it, for example <c>charts/ecosystem/files/realm-ecosystem.json</c>.</summary>
    public required string RealmFile { get; init; }

    /// <summary>Accounts in Keycloak's directory-import format (<c>ecosystem-users-0.json</c>); none when null.</summary>
    public string? UsersFile { get; init; }

    /// <summary>Keeps the signing keys, so that tokens outlive a restart.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The host environment; anything but <c>Development</c> is refused.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>Values for the <c>${NAME}</c> placeholders of the realm file (client secrets).</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
