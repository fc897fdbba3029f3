using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.AppHost.Demo;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>The whole ecosystem in processes of its own, started as a stranger would, with a state directory that is thrown away.</summary>
public class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly List<string> _said = [];
    private Process _apphost = null!;

    public string StateDirectory { get; } = Directory.CreateTempSubdirectory("ecosystem-").FullName;

    /// <summary>What the apphost wrote about the running system, read anew.</summary>
    public EcosystemState State => StateOf(Folders[0]);

    /// <summary>The generated secret of the development client <c>integrator</c>.</summary>
    public string Secret => SecretIn(Folders[0]);

    /// <summary>What else the apphost is asked for.</summary>
    protected virtual IReadOnlyList<string> Options => [];

    /// <summary>Settings that every process of it gets.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>The state directories below <see cref="StateDirectory"/>: one for each region, or that directory itself.</summary>
    protected virtual IReadOnlyList<string> Folders => [""];

    public virtual async Task InitializeAsync()
    {
        _apphost = Start(["--state", StateDirectory, "--http-port", "0", "--grpc-port", "0", .. Options]);
        await Eventually.True(
            () => _apphost.HasExited || Folders.All(folder => File.Exists(Path.Combine(StateDirectory, folder, "apphost.json")) && StateOf(folder).Ready), "the ecosystem is healthy", StartLimit);
        Assert.False(_apphost.HasExited, "The apphost ended: " + Said());
    }

    public virtual async Task DisposeAsync()
    {
        _apphost.StandardInput.Close();
        await _apphost.WaitForExitAsync();
        Directory.Delete(StateDirectory, recursive: true);
    }

    /// <summary>What the apphost of a region wrote about it, read anew.</summary>
    public EcosystemState StateOf(string folder) => JsonSerializer.Deserialize<EcosystemState>(
        File.ReadAllText(Path.Combine(StateDirectory, folder, "apphost.json")), JsonSerializerOptions.Web)!;

    /// <summary>Starts the apphost program with arguments; it stops when its standard input is closed.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(RepositoryLayout.DotnetProgram)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = RepositoryLayout.AppHostAssembly;
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(RepositoryLayout.AppHostAssembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>What the started processes wrote so far.</summary>
    public string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }

    /// <summary>The REST door, as the partner client <c>integrator</c> (data holder and developer of one organisation) or as nobody.</summary>
    public async Task<HttpClient> RestAsync(bool signedIn = true)
    {
        var http = new HttpClient { BaseAddress = State.Http, Timeout = TimeSpan.FromSeconds(30) };
        if (signedIn)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        }

        return http;
    }

    /// <summary>The REST door of one of several regions, as the partner client of that region.</summary>
    public async Task<HttpClient> RestAtAsync(string region)
    {
        var http = new HttpClient { BaseAddress = StateOf(region).Http, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(region));
        return http;
    }

    /// <summary>The REST door, as a person with a development account.</summary>
    public async Task<HttpClient> RestAsync(string person)
    {
        var http = await RestAsync(signedIn: false);
        var token = await new SignIn(State.Identity, State.Http).AsAsync(person, DevelopmentAccounts.Password, CancellationToken.None);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>A token by client credentials (RFC 6749 section 4.4).</summary>
    public Task<string> TokenAsync() => TokenAsync(Folders[0]);

    private async Task<string> TokenAsync(string folder)
    {
        using var http = new HttpClient();
        var answer = await http.PostAsync(new Uri(StateOf(folder).Identity, "/realms/ecosystem/protocol/openid-connect/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "integrator",
            ["client_secret"] = SecretIn(folder),
        }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private string SecretIn(string folder) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(StateDirectory, folder, "secrets.json")))!["integrator-secret"];

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.Add(line);
            }
        }
    }
}

/// <summary>The tests that share one running ecosystem; they run one after the other.</summary>
[CollectionDefinition("running system")]
public sealed class RunningSystemTests : ICollectionFixture<RunningSystem>;
