using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.AppHost.Demo;

/// <summary>
/// Signs a person in as a browser would: authorization code with PKCE (RFC 7636) through the login page of the identity
/// provider. Works with any page that is one HTML form with the fields <c>username</c> and <c>password</c>.
/// </summary>
internal sealed partial class SignIn(Uri identity, Uri portal)
{
    private const string Client = "portal";

    /// <returns>An access token of the person.</returns>
    /// <exception cref="InvalidOperationException">The provider did not let the person in; the message says what it answered.</exception>
    public async Task<string> AsAsync(string username, string password, CancellationToken ct)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var endpoints = new Uri(identity, "/realms/ecosystem/protocol/openid-connect/").ToString();
        var redirect = new Uri(portal, "/signed-in").ToString();
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

        var login = QueryHelpers.AddQueryString(endpoints + "auth", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = Client,
            ["redirect_uri"] = redirect,
            ["scope"] = "openid",
            ["state"] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)),
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        });
        var page = await browser.GetAsync(login, ct);
        var answer = await browser.SendAsync(Submit(await page.Content.ReadAsStringAsync(ct), new Uri(login), username, password), ct);
        if (answer.Headers.Location is not { } back || QueryHelpers.ParseQuery(back.Query) is not { } query || !query.TryGetValue("code", out var code))
        {
            throw new InvalidOperationException($"The identity provider did not let '{username}' in; it answered {(int)answer.StatusCode}.");
        }

        var token = await browser.PostAsync(endpoints + "token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Client,
            ["redirect_uri"] = redirect,
            ["code"] = code.ToString(),
            ["code_verifier"] = verifier,
        }), ct);
        token.EnsureSuccessStatusCode();
        return (await token.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("access_token").GetString()!;
    }

    private static HttpRequestMessage Submit(string page, Uri address, string username, string password)
    {
        var form = FormTag().Match(page);
        if (!form.Success)
        {
            throw new InvalidOperationException("The identity provider shows no login form.");
        }

        var fields = InputTag().Matches(page)
            .Select(input => Attributes(input.Value))
            .Where(input => input.GetValueOrDefault("type") == "hidden")
            .ToDictionary(input => input["name"], input => input.GetValueOrDefault("value", ""), StringComparer.Ordinal);
        fields["username"] = username;
        fields["password"] = password;
        return new HttpRequestMessage(HttpMethod.Post, new Uri(address, Attributes(form.Value).GetValueOrDefault("action", "")))
        {
            Content = new FormUrlEncodedContent(fields),
        };
    }

    private static Dictionary<string, string> Attributes(string tag) => Attribute().Matches(tag)
        .ToDictionary(attribute => attribute.Groups["name"].Value, attribute => WebUtility.HtmlDecode(attribute.Groups["value"].Value), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("<form\\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormTag();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InputTag();

    [GeneratedRegex("(?<name>[\\w-]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();
}
