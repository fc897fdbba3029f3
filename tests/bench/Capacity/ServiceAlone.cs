using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Ecosystem.Bench.Policy;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Capacity;

/// <summary>A service as it is deployed, in a process of its own on SQLite; its sidecar takes every event and forgets it.</summary>
internal sealed class ServiceAlone : IAsyncDisposable
{
    private ServiceAlone(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>Starts the service <paramref name="name"/> and waits until it is ready.</summary>
    public static async Task<ServiceAlone> StartAsync(string name, Surroundings around, DirectoryInfo folder)
    {
        var build = Path.Combine(Repository.Root, "services", name, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
        var (http, grpc) = (new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"), new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Its log is its own affair: only the table goes to the output.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" \"$2\" > \"$1\"", $"{build}/Ecosystem.{char.ToUpperInvariant(name[0])}{name[1..]}.dll", Path.Combine(folder.FullName, $"{name}.log"), $"--Keycloak:auth-server-url={around.Address}"])
        {
            UseShellExecute = false, WorkingDirectory = build,
        };
        foreach (var (variable, value) in (ReadOnlySpan<(string, string)>)
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("APP_API_TOKEN", "bench"), ("DAPR_HTTP_ENDPOINT", around.Address),
            ("Kestrel__Endpoints__http__Url", http.ToString()), ("Kestrel__Endpoints__grpc__Url", grpc.ToString()),
            ("Storage__Path", Path.Combine(folder.FullName, $"{name}.db")), ("Ledger__SigningKey", key.ExportPkcs8PrivateKeyPem()),
        ])
        {
            start.Environment[variable] = value;
        }

        var service = new ServiceAlone(Process.Start(start)!, http);
        using var client = new HttpClient { BaseAddress = http };
        await Eventually.True(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, $"{name} answers", TimeSpan.FromMinutes(3));
        return service;
    }

    /// <summary>Posts something and returns the id that it was given.</summary>
    public async Task<string> CreateAsync(string path, byte[] body, string token)
    {
        using var client = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };
        using var answer = await client.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Created>())!.Id;
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    private sealed record Created(string Id);
}
