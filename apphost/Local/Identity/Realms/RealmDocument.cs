using System.Text.Json;

namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>The members of Keycloak's realm representation that this stand-in honours; all others are Keycloak's business.</summary>
internal sealed record RealmDocument
{
    public string? Realm { get; init; }
    public string? DisplayName { get; init; }
    public int AccessCodeLifespan { get; init; } = 60;
    public int AccessTokenLifespan { get; init; } = 300;
    public int SsoSessionIdleTimeout { get; init; } = 1800;
    public int SsoSessionMaxLifespan { get; init; } = 36000;
    public RolesDocument? Roles { get; init; }
    public List<ClientDocument> Clients { get; init; } = [];
    public List<UserDocument> Users { get; init; } = [];

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}

internal sealed record RolesDocument
{
    public List<RoleDocument> Realm { get; init; } = [];
}

internal sealed record RoleDocument
{
    public string Name { get; init; } = "";
}

internal sealed record ClientDocument
{
    public string ClientId { get; init; } = "";
    public string? Name { get; init; }
    public bool Enabled { get; init; } = true;
    public bool PublicClient { get; init; }
    public string? Secret { get; init; }
    public bool StandardFlowEnabled { get; init; } = true;
    public bool ServiceAccountsEnabled { get; init; }
    public List<string> RedirectUris { get; init; } = [];
    public List<string> WebOrigins { get; init; } = [];
    public Dictionary<string, string> Attributes { get; init; } = [];
    public List<MapperDocument> ProtocolMappers { get; init; } = [];
}

internal sealed record MapperDocument
{
    public string Name { get; init; } = "";
    public string ProtocolMapper { get; init; } = "";
    public Dictionary<string, string> Config { get; init; } = [];
}

/// <summary>One account; also the shape of each entry in a <c>{realm}-users-{n}.json</c> file of a directory import.</summary>
internal sealed record UserDocument
{
    public string? Id { get; init; }
    public string Username { get; init; } = "";
    public bool Enabled { get; init; } = true;
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? ServiceAccountClientId { get; init; }
    public Dictionary<string, List<string>> Attributes { get; init; } = [];
    public List<CredentialDocument> Credentials { get; init; } = [];
    public List<string> RealmRoles { get; init; } = [];
}

internal sealed record CredentialDocument
{
    public string Type { get; init; } = "";
    public string? Value { get; init; }
}

internal sealed record UsersDocument
{
    public string? Realm { get; init; }
    public List<UserDocument> Users { get; init; } = [];
}
