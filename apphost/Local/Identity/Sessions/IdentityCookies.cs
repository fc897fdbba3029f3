namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>The cookies of the provider: out of reach of scripts, and sent along when an application links here (SameSite=Lax).</summary>
internal static class IdentityCookies
{
    public const string Session = "IDENTITY_SESSION";
    public const string Language = "IDENTITY_LANGUAGE";

    /// <summary>Not <c>Secure</c>: the provider speaks plain HTTP on the loopback interface only.</summary>
    public static CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/realms/", IsEssential = true };
}
