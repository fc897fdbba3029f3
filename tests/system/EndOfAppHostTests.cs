using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>However the apphost ends, its processes end with it.</summary>
[Collection("running system")]
public sealed class EndOfAppHostTests
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

    /// <remarks>SIGTERM goes the way of Ctrl+C, which a test cannot send where the test run itself ignores it.</remarks>
    [SkippableFact]
    public async Task An_apphost_that_is_asked_to_stop_stops_everything_first()
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no signals on this machine");
        var system = new RunningSystem();
        await system.InitializeAsync();
        try
        {
            var addresses = system.State.Resources.SelectMany(resource => resource.Addresses.Values).ToList();
            var apphost = Process.GetProcessById(system.State.ProcessId);

            using (var kill = Process.Start("kill", ["-TERM", apphost.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync();
            }

            await apphost.WaitForExitAsync();
            Assert.DoesNotContain(addresses, IsAnswered);
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
