using System.Diagnostics;
using System.Globalization;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Gateway;

/// <summary>A door in front of the service: a process of its own at an address.</summary>
internal sealed class Door(Process process, Uri address, Uri http2) : IAsyncDisposable
{
    private static readonly string Gateway = Path.Combine(
        Repository.Root, "gateway", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Ecosystem.Gateway.dll");

    public Uri Address => address;

    /// <summary>Where it takes HTTP/2, gRPC included.</summary>
    public Uri Http2 => http2;

    public Process Process => process;

    /// <summary>The gateway as it is deployed, but for a rate limit that one caller may reach.</summary>
    public static Task<Door> GatewayAsync(StartedService behind, string identity, FileInfo log)
    {
        var (http, grpc) = (FreeAddress(), FreeAddress());
        var service = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{behind.Http2}");
        // The address of the identity provider is an argument, because a shell drops variables whose names it could not use itself.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" \"$2\" > \"$1\"", Gateway, log.FullName, $"--Keycloak:auth-server-url={identity}"]) { WorkingDirectory = Path.GetDirectoryName(Gateway)!, UseShellExecute = false };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Kestrel__Endpoints__http__Url", http.ToString()), ("Kestrel__Endpoints__grpc__Url", grpc.ToString()),
            ("Gateway__RateLimit__PerSecond", "1000000"), ("Gateway__RateLimit__Burst", "1000000"),
            // The others are there too: a gateway that looks for them in vain every two seconds would be measured at that.
            ("services__catalog__grpc__0", service), ("services__policy__grpc__0", service), ("services__matching__grpc__0", service),
        ])
        {
            start.Environment[name] = value;
        }

        return StartAsync(start, http, grpc);
    }

    /// <summary>nginx with what its documentation advises for a proxy: a worker for each core, connections to the service kept. REST it passes on over HTTP/1.1, the newest that it speaks to services.</summary>
    public static async Task<Door> NginxAsync(StartedService behind, DirectoryInfo folder)
    {
        var (address, http2) = (FreeAddress(), FreeAddress());
        var settings = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off; worker_processes auto; pid {{folder.FullName}}/nginx.pid; error_log {{folder.FullName}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_requests 1000000000;
              client_body_temp_path {{folder.FullName}}/a; proxy_temp_path {{folder.FullName}}/b; fastcgi_temp_path {{folder.FullName}}/c; uwsgi_temp_path {{folder.FullName}}/d; scgi_temp_path {{folder.FullName}}/e;
              upstream service { server 127.0.0.1:{{behind.Http1}}; keepalive 64; keepalive_requests 1000000000; }
              upstream calls { server 127.0.0.1:{{behind.Http2}}; keepalive 64; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:{{address.Port}};
                listen 127.0.0.1:{{http2.Port}} http2;
                location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }
                location /ecosystem. { grpc_pass grpc://calls; }
              }
            }
            """));
        return await StartAsync(new ProcessStartInfo(InteropScript.Path, ["nginx", "-p", folder.FullName, "-c", settings]) { UseShellExecute = false }, address, http2);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<Door> StartAsync(ProcessStartInfo start, Uri address, Uri http2)
    {
        var door = new Door(Process.Start(start)!, address, http2);
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.True(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, $"{start.FileName} answers", TimeSpan.FromMinutes(3));
        return door;
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{LoopbackPort.Free()}");
}
