using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Local.Identity;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;

namespace Ecosystem.AppHost.Tests.Identity;

/// <summary>The provider with the shipped realm and accounts, on a free port, with a clock of its own.</summary>
public sealed class LocalProvider : IAsyncLifetime
{
    public const string Secret = "secret with / ä + & : of a test";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("identity-");
    private WebApplication? _app;

    public ManualTime Clock { get; } = new();
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    public string Realm { get; private set; } = "";

    internal static IdentityOptions Options(string stateDirectory, string environment = "Development") => new()
    {
        ListenAddress = new Uri("http://127.0.0.1:0"),
        RealmFile = Path.Combine(Repository.Root, "charts/ecosystem/files/realm-ecosystem.json"),
        UsersFile = Path.Combine(Repository.Root, "apphost/Local/Identity/ecosystem-users-0.json"),
        StateDirectory = stateDirectory,
        EnvironmentName = environment,
        Environment = name => name.EndsWith("_CLIENT_SECRET", StringComparison.Ordinal) ? Secret : null,
    };

    public async Task InitializeAsync()
    {
        _app = IdentityApplication.Create(Options(_state.FullName), Clock);
        await _app.StartAsync();
        Realm = $"{_app.Urls.Single()}/realms/ecosystem";
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        _state.Delete(recursive: true);
    }

    public string Endpoint(string name) => $"{Realm}/protocol/openid-connect/{name}";

    public Browser OpenBrowser() => new(this);

    public async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(
        string endpoint, Dictionary<string, string> form, string? client = null, string secret = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint(endpoint)) { Content = new FormUrlEncodedContent(form) };
        if (client is not null)
        {
            var pair = $"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        var response = await Http.SendAsync(request);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>What a token says, unverified.</summary>
    public static JsonElement Claims(string? token) =>
        JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token!.Split('.')[1])).RootElement;
}
