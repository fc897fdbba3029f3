using System.Net;
using System.Net.Sockets;
using Ecosystem.AppHost.Local.Identity;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class IdentityServerTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("identity-");

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public async Task It_refuses_to_start_outside_Development(string environment)
    {
        var options = LocalProvider.Options(_state.FullName, environment);
        var refusal = Assert.Throws<DevelopmentOnlyException>(() => IdentityApplication.Create(options, TimeProvider.System));
        Assert.Contains("for development only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, await IdentityServer.RunAsync(options, CancellationToken.None));
        Assert.Empty(_state.GetFiles());
    }

    [Fact]
    public async Task It_refuses_a_port_that_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var options = LocalProvider.Options(_state.FullName) with { ListenAddress = new Uri($"http://{other.LocalEndpoint}") };
        Assert.Equal(2, await IdentityServer.RunAsync(options, CancellationToken.None));
    }

    [Fact]
    public async Task It_stops_cleanly_when_asked()
    {
        using var stop = new CancellationTokenSource();
        var running = IdentityServer.RunAsync(LocalProvider.Options(_state.FullName), stop.Token);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    public void Dispose() => _state.Delete(recursive: true);
}
