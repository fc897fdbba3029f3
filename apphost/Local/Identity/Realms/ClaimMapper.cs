namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>Where a mapper's claim goes; Keycloak's <c>access.token.claim</c>, <c>id.token.claim</c>, <c>userinfo.token.claim</c>.</summary>
[Flags]
internal enum ClaimTargets
{
    None = 0,
    AccessToken = 1,
    IdToken = 2,
    UserInfo = 4,
}

/// <summary>One protocol mapper of a client: a claim that its tokens carry beyond the standard ones.</summary>
internal abstract record ClaimMapper(ClaimTargets Targets)
{
    /// <summary><c>oidc-audience-mapper</c>: the token is also meant for that client's API.</summary>
    internal sealed record Audience(string ClientId, ClaimTargets Targets) : ClaimMapper(Targets);

    /// <summary><c>oidc-usermodel-attribute-mapper</c>: an attribute of the account becomes a claim.</summary>
    internal sealed record Attribute(string AttributeName, string ClaimName, bool Multivalued, ClaimTargets Targets) : ClaimMapper(Targets);

    /// <summary><c>oidc-hardcoded-claim-mapper</c>: the same text for everybody.</summary>
    internal sealed record Constant(string ClaimName, string Value, ClaimTargets Targets) : ClaimMapper(Targets);

    /// <summary>Null, with a problem noted, when the mapper is one that only Keycloak knows.</summary>
    public static ClaimMapper? Read(MapperDocument mapper, string clientId, ICollection<string> problems)
    {
        var targets = (Is("access.token.claim") ? ClaimTargets.AccessToken : ClaimTargets.None)
            | (Is("id.token.claim") ? ClaimTargets.IdToken : ClaimTargets.None)
            | (Is("userinfo.token.claim") ? ClaimTargets.UserInfo : ClaimTargets.None);

        switch (mapper.ProtocolMapper)
        {
            case "oidc-audience-mapper":
                return new Audience(Required("included.client.audience"), targets);
            case "oidc-usermodel-attribute-mapper":
                return new Attribute(Required("user.attribute"), Required("claim.name"), Is("multivalued"), targets);
            case "oidc-hardcoded-claim-mapper":
                return new Constant(Required("claim.name"), Required("claim.value"), targets);
            default:
                problems.Add($"client '{clientId}', mapper '{mapper.Name}': the local provider does not know '{mapper.ProtocolMapper}'; "
                    + "it knows oidc-audience-mapper, oidc-usermodel-attribute-mapper and oidc-hardcoded-claim-mapper");
                return null;
        }

        bool Is(string key) => mapper.Config.TryGetValue(key, out var value) && value == "true";

        string Required(string key)
        {
            if (mapper.Config.TryGetValue(key, out var value) && value.Length > 0)
                return value;
            problems.Add($"client '{clientId}', mapper '{mapper.Name}': config '{key}' is missing");
            return "";
        }
    }
}
