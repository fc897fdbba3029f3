using Ecosystem.AppHost.Local.Identity.Realms;

namespace Ecosystem.AppHost.Local.Identity.Tokens;

/// <summary>The claims that describe an account, in tokens and at the userinfo endpoint.</summary>
internal static class AccountClaims
{
    /// <summary>The claims of Keycloak's <c>profile</c> scope.</summary>
    public static void AddProfile(this IDictionary<string, object> claims, Account account)
    {
        claims["preferred_username"] = account.Username;
        if (account.FullName is { } name)
            claims["name"] = name;
        if (account.FirstName is { } given)
            claims["given_name"] = given;
        if (account.LastName is { } family)
            claims["family_name"] = family;
    }

    /// <summary>What the client's protocol mappers add. One audience is a string, several are an array, as Keycloak writes them.</summary>
    public static void AddMapped(this IDictionary<string, object> claims, Client client, Account account, ClaimTargets target)
    {
        var audiences = new List<string>();
        foreach (var mapper in client.Mappers.Where(mapper => mapper.Targets.HasFlag(target)))
        {
            switch (mapper)
            {
                case ClaimMapper.Audience audience:
                    audiences.Add(audience.ClientId);
                    break;
                case ClaimMapper.Constant constant:
                    claims[constant.ClaimName] = constant.Value;
                    break;
                case ClaimMapper.Attribute attribute when account.Attributes.TryGetValue(attribute.AttributeName, out var values) && values.Count > 0:
                    claims[attribute.ClaimName] = attribute.Multivalued ? values.ToArray() : values[0];
                    break;
            }
        }

        if (audiences.Count > 0)
            claims["aud"] = audiences.Count == 1 ? audiences[0] : audiences.ToArray();
    }
}
