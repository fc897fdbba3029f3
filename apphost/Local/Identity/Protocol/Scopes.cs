namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>Keycloak's default client scopes. Every client has them all, so asking changes only whether <c>openid</c> is among them.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";
    public static readonly IReadOnlyList<string> Supported = [OpenId, "profile", "email", "roles", "web-origins", "acr", "basic"];

    /// <summary>The granted scope as Keycloak writes it into tokens.</summary>
    public static string Grant(string? requested)
    {
        var asked = (requested ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unknown = asked.Except(Supported, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new OAuthException("invalid_scope", $"Invalid scopes: {string.Join(' ', unknown)}. Known here: {string.Join(' ', Supported)}.");
        return asked.Contains(OpenId, StringComparer.Ordinal) ? "openid profile email" : "profile email";
    }

    public static bool IncludesOpenId(string scope) => scope.Split(' ').Contains(OpenId, StringComparer.Ordinal);
}
