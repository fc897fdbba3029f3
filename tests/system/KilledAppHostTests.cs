using System.Diagnostics;
using System.Net.Sockets;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>An apphost that is killed cannot stop anything; its processes have to end by themselves.</summary>
[Collection("running system")]
public sealed class KilledAppHostTests
{
    [Fact]
    public async Task A_killed_apphost_leaves_nobody_listening()
    {
        var system = new RunningSystem();
        await system.InitializeAsync();
        try
        {
            var addresses = system.State.Resources.SelectMany(resource => resource.Addresses.Values).ToList();
            Assert.All(addresses, address => Assert.True(IsAnswered(address)));

            Process.GetProcessById(system.State.ProcessId).Kill();

            await Eventually.True(() => !addresses.Exists(IsAnswered), "nobody listens any more");
        }
        finally
        {
            await system.DisposeAsync();
        }
    }

    private static bool IsAnswered(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
