using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>
/// Protects the forms against being posted from elsewhere: a form carries an HMAC over its purpose and a random cookie, so it works
/// only in the browser it was made for and only for that purpose.
/// </summary>
internal sealed class BrowserBinding
{
    private const string CookieName = "IDENTITY_BROWSER";
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string CreateToken(HttpContext context, string purpose)
    {
        var browser = context.Request.Cookies[CookieName];
        if (string.IsNullOrEmpty(browser))
        {
            browser = Secrets.Create();
            context.Response.Cookies.Append(CookieName, browser, IdentityCookies.Options);
        }

        return TokenFor(browser, purpose);
    }

    public bool Verify(HttpContext context, string purpose, string? token) =>
        context.Request.Cookies[CookieName] is { Length: > 0 } browser && Secrets.AreEqual(TokenFor(browser, purpose), token);

    private string TokenFor(string browser, string purpose) =>
        Base64UrlEncoder.Encode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{browser}")));
}
