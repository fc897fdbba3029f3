using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Tests.Clients;

/// <summary>The connection of a channel: kept alive, and with TLS.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void A_channel_asks_quiet_connections_whether_they_are_alive()
    {
        using var handler = GrpcChannel.CreateHandler();

        Assert.Equal(HttpKeepAlivePingPolicy.Always, handler.KeepAlivePingPolicy);
        Assert.InRange(handler.KeepAlivePingDelay, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));
        Assert.InRange(handler.KeepAlivePingTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_call_whose_server_fell_silent_ends()
    {
        await using var server = await EchoServer.StartAsync();
        using var relay = new Relay(server.GrpcAddress);
        using var handler = GrpcChannel.CreateHandler();
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(1);
        using var channel = GrpcChannel.ForAddress(relay.Address, new GrpcChannelOptions { HttpHandler = handler });
        using var call = new Echo.EchoClient(channel).Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "hello" });
        Assert.True(await call.ResponseStream.MoveNext());

        relay.FallSilent();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Eventually.Deadline));
        Assert.True(error.StatusCode == StatusCode.Unavailable, error.Status.DebugException?.ToString());
    }

    [Fact]
    public async Task Over_TLS_the_credentials_of_channel_and_call_are_sent()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var certificate = SelfSigned();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        builder.Services.AddSingleton<EchoProbe>();
        builder.Services.AddGrpc();
        await using var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var handler = GrpcChannel.CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString();
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, Adding("x-channel")),
        });

        await new Echo.EchoClient(channel).SayAsync(new EchoRequest(), new CallOptions(credentials: Adding("x-call")));

        var received = app.Services.GetRequiredService<EchoProbe>().Last.RequestHeaders;
        Assert.Equal(("Say", "Say"), (received.GetValue("x-channel"), received.GetValue("x-call")));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("http://localhost:1", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
    }

    private static CallCredentials Adding(string name) => CallCredentials.FromInterceptor((context, metadata) =>
    {
        metadata.Add(name, context.MethodName);
        return Task.CompletedTask;
    });

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Stands between client and server, and can stop to pass anything on while the connection stays open.</summary>
    private sealed class Relay : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _silence = new();
        private readonly List<IDisposable> _open = [];

        public Relay(Uri server)
        {
            _listener.Start();
            _ = RelayAsync(server);
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}");

        public void FallSilent() => _silence.Cancel();

        public void Dispose()
        {
            _silence.Cancel();
            _listener.Dispose();
            _open.ForEach(connection => connection.Dispose());
            _silence.Dispose();
        }

        private async Task RelayAsync(Uri server)
        {
            var near = await _listener.AcceptTcpClientAsync(_silence.Token);
            var far = new TcpClient();
            await far.ConnectAsync(server.Host, server.Port);
            _open.AddRange([near, far]);
            await Task.WhenAll(
                near.GetStream().CopyToAsync(far.GetStream(), _silence.Token),
                far.GetStream().CopyToAsync(near.GetStream(), _silence.Token));
        }
    }
}
