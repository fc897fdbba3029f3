using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecosystem.Gateway.Routing;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Gateway.Tests;

/// <summary>One name that stands for several copies of a service, as that of a headless Service in Kubernetes: here two loopback addresses with the same port.</summary>
public sealed class CopiesByNameTests : IAsyncLifetime
{
    private const string Name = "ruhr-catalog-copies";

    private static readonly IPAddress First = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Second = IPAddress.Parse("127.0.0.3");

    private readonly ConcurrentDictionary<string, IPAddress[]> _dns = new(StringComparer.Ordinal);
    private readonly int _port = LoopbackPort.Free();
    private Backend _first = null!;
    private Backend _second = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _first = await Backend.StartAsync(grpcPort: _port, address: First);
        _second = await Backend.StartAsync(grpcPort: _port, address: Second);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task REST_and_gRPC_are_spread_over_all_copies_that_the_name_stands_for()
    {
        _dns[Name] = [First, Second];
        await StartAsync();

        await AskAsync(40);
        Assert.All([_first, _second], copy => Assert.NotEmpty(copy.Received));
        Assert.Equal(40, _first.Received.Count + _second.Received.Count);
        Assert.Equal($"{Name}:{_port}", _first.LastHeaders.Host);

        _first.Received.Clear();
        _second.Received.Clear();
        for (var i = 0; i < 40; i++)
            (await _gateway.CallAsync("/ecosystem.catalog.v1.DataAssetService/GetDataAsset")).Dispose();
        Assert.All([_first, _second], copy => Assert.NotEmpty(copy.Received));
    }

    [Fact]
    public async Task A_copy_that_comes_is_used_and_one_that_goes_is_not()
    {
        _dns[Name] = [First];
        await StartAsync();
        await AskAsync(5);
        Assert.Equal((5, 0), (_first.Received.Count, _second.Received.Count));

        _dns[Name] = [Second];
        await Eventually.True(async () => { await AskAsync(1); return !_second.Received.IsEmpty; }, "the new copy is asked");
        _first.Received.Clear();
        await AskAsync(10);
        Assert.Empty(_first.Received);
    }

    [Fact]
    public async Task While_the_DNS_is_away_the_copies_stay_known()
    {
        _dns[Name] = [First];
        var asked = await StartAsync();
        _dns.Clear();
        var before = asked.Count;
        await Eventually.True(() => asked.Count > before + 1, "the DNS was asked again, in vain");

        await AskAsync(5);
        Assert.Equal(5, _first.Received.Count);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_yet_keeps_the_gateway_from_nothing_and_is_asked_for_again()
    {
        await StartAsync();
        using (var answer = await _gateway.GetAsync("/catalog/v1/data-assets"))
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable]);

        _dns[Name] = [First, Second];
        await Eventually.True(async () => { using var answer = await _gateway.GetAsync("/catalog/v1/data-assets"); return answer.IsSuccessStatusCode; }, "the copies are found");
    }

    [Fact]
    public async Task Behind_TLS_a_copy_is_asked_for_the_certificate_of_the_name()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var wanted = new ConcurrentQueue<string?>();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(Second, 0, listen => listen.UseHttps(tls => tls.ServerCertificateSelector = (_, name) =>
        {
            wanted.Enqueue(name);
            return certificate;
        })));
        await using var secure = builder.Build();
        secure.MapGet("/catalog/v1/data-assets", () => "here");
        await secure.StartAsync();
        _dns[Name] = [Second];

        await StartAsync($"--services:catalog:grpc:0=https://{Name}:{new Uri(secure.Urls.Single()).Port}", "--ReverseProxy:Clusters:catalog:HttpClient:DangerousAcceptAnyServerCertificate=true");
        await AskAsync(1);

        Assert.Contains(Name, wanted);
    }

    private async Task<ConcurrentQueue<string>> StartAsync(params string[] settings)
    {
        var asked = new ConcurrentQueue<string>();
        _gateway = await GatewayHost.StartAsync(
            replace: services => services.AddSingleton<AskForAddresses>((host, _) =>
            {
                asked.Enqueue(host);
                return _dns.TryGetValue(host, out var found) ? Task.FromResult(found) : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
            }),
            settings: [$"--services:catalog:grpc:0=http://{Name}:{_port}", .. settings]);
        return asked;
    }

    private async Task AskAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await _gateway.GetAsync("/catalog/v1/data-assets");
            Assert.Equal((i, HttpStatusCode.OK), (i, answer.StatusCode));
        }
    }
}
