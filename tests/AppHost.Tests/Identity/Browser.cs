using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.AppHost.Tests.Identity;

/// <summary>A person with a browser, and the public client that sent them here.</summary>
public sealed partial class Browser(LocalProvider provider) : IDisposable
{
    public const string RedirectUri = "http://localhost:4711/back";
    public const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public Task<HttpResponseMessage> AuthorizeAsync(params (string Name, string? Value)[] changes) => _http.GetAsync(AuthorizeAddress(provider, changes));

    public static string AuthorizeAddress(LocalProvider provider, params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = "portal",
            ["response_type"] = "code",
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid",
            ["state"] = "the-state",
            ["nonce"] = "the-nonce",
            ["code_challenge"] = Pkce.ChallengeOf(Verifier),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return QueryHelpers.AddQueryString(provider.Endpoint("auth"), query.Where(pair => pair.Value is not null));
    }

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(address);

    public Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> form) => _http.PostAsync(address, new FormUrlEncodedContent(form));

    public Task<HttpResponseMessage> SubmitAsync(Dictionary<string, string> form) =>
        PostAsync($"{provider.Realm}/login-actions/authenticate", form);

    public static async Task<Dictionary<string, string>> ReadFormAsync(HttpResponseMessage page, string username, string password)
    {
        var form = HiddenField().Matches(await page.Content.ReadAsStringAsync())
            .ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        form["username"] = username;
        form["password"] = password;
        return form;
    }

    /// <summary>Signs in and returns the parameters that came back to the client.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SignInAsync(string username, params (string Name, string? Value)[] changes)
    {
        using var page = await AuthorizeAsync(changes);
        using var answer = await SubmitAsync(await ReadFormAsync(page, username, "development-only"));
        return Answer(answer);
    }

    public static IReadOnlyDictionary<string, string> Answer(HttpResponseMessage redirect)
    {
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        Assert.StartsWith(RedirectUri + "?", redirect.Headers.Location!.ToString(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(redirect.Headers.Location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> RedeemAsync(string code, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "portal",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = Verifier,
        };
        foreach (var (name, value) in changes)
        {
            if (value is null)
                form.Remove(name);
            else
                form[name] = value;
        }

        return await provider.PostAsync("token", form);
    }

    /// <summary>Signs in and returns the whole token response.</summary>
    public async Task<JsonElement> GetTokensAsync(string username)
    {
        var (response, body) = await RedeemAsync((await SignInAsync(username))["code"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return body;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();

    public void Dispose() => _http.Dispose();
}
