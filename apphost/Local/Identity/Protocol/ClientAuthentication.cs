using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>Which client asks: <c>client_secret_basic</c>, <c>client_secret_post</c>, or for a public client just its id.</summary>
internal static class ClientAuthentication
{
    public static Client Authenticate(HttpRequest request, Parameters parameters, Realm realm)
    {
        var (clientId, secret) = FromHeader(request) ?? (parameters["client_id"], parameters["client_secret"]);
        if (clientId is null)
            throw OAuthException.InvalidClient("No client is named: send client_id, or HTTP Basic with id and secret.");

        // One sentence for both, so that client ids cannot be guessed by the answer.
        var client = realm.FindClient(clientId);
        if (client is null || (!client.IsPublic && !Secrets.AreEqual(client.Secret, secret)))
            throw OAuthException.InvalidClient("Invalid client or invalid client credentials.");
        return client;
    }

    public static Client AuthenticateConfidential(HttpRequest request, Parameters parameters, Realm realm)
    {
        var client = Authenticate(request, parameters, realm);
        return client.IsPublic ? throw OAuthException.InvalidClient("Only a confidential client may ask this.") : client;
    }

    // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
    private static (string? ClientId, string? Secret)? FromHeader(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var buffer = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", buffer, out var length))
            throw OAuthException.InvalidClient("The Authorization header is not valid HTTP Basic.");
        var halves = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return (WebUtility.UrlDecode(halves[0]), halves.Length > 1 ? WebUtility.UrlDecode(halves[1]) : null);
    }
}
