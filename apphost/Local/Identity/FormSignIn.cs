using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.AppHost.Local.Identity;

/// <summary>
/// Signs an account in as a person with a browser would: code flow with PKCE through the sign-in form. So a program can act as one of the
/// development accounts without a password grant, which the realm does not allow.
/// </summary>
/// <param name="realm">The realm's address, which is also the issuer: <c>http://localhost:8180/realms/ecosystem</c>.</param>
internal sealed partial class FormSignIn(Uri realm)
{
    private const string RedirectUri = "http://localhost/signed-in";

    /// <summary>Returns an access token of <paramref name="clientId"/> for the account.</summary>
    /// <exception cref="InvalidOperationException">The provider did not accept the account or the client.</exception>
    public async Task<string> GetAccessTokenAsync(string clientId, string username, string password, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);

        var verifier = Secrets.Create();
        var code = await SignInAsync(browser, clientId, username, password, Pkce.ChallengeOf(verifier), ct);
        using var answer = await browser.PostAsync(Endpoint("token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = verifier,
        }), ct);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return answer.IsSuccessStatusCode
            ? body.GetProperty("access_token").GetString()!
            : throw new InvalidOperationException($"No token for '{username}': {body}");
    }

    /// <summary>What a form sends along unseen.</summary>
    public static Dictionary<string, string> ReadHiddenFields(string page) => HiddenField().Matches(page).ToDictionary(
        field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value), StringComparer.Ordinal);

    private async Task<string> SignInAsync(HttpClient browser, string clientId, string username, string password, string challenge, CancellationToken ct)
    {
        var request = QueryHelpers.AddQueryString(Endpoint("auth").ToString(), new Dictionary<string, string?>
        {
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["redirect_uri"] = RedirectUri,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        });
        var page = await browser.GetStringAsync(request, ct);
        var fields = ReadHiddenFields(page);
        fields["username"] = username;
        fields["password"] = password;

        var action = new Uri(realm, WebUtility.HtmlDecode(FormAction().Match(page).Groups["action"].Value));
        using var answer = await browser.PostAsync(action, new FormUrlEncodedContent(fields), ct);
        var location = answer.Headers.Location
            ?? throw new InvalidOperationException($"The sign-in of '{username}' was refused with status {(int)answer.StatusCode}.");
        return QueryHelpers.ParseQuery(location.Query).TryGetValue("code", out var code)
            ? code.ToString()
            : throw new InvalidOperationException($"The sign-in of '{username}' was refused: {location.Query}");
    }

    private Uri Endpoint(string name) => new($"{realm.ToString().TrimEnd('/')}/protocol/openid-connect/{name}");

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
