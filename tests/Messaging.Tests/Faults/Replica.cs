using System.Diagnostics;

namespace Ecosystem.Messaging.Tests;

/// <summary>One process of a service; killed and started again by the test.</summary>
internal sealed class Replica(Dictionary<string, string> settings) : IAsyncDisposable
{
    private Process? _process;

    /// <summary>Where it listens; null while it is down.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Replica).Assembly.Location, "serve"]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync();
        Address = line is null ? throw new InvalidOperationException("The service ended instead of starting.") : new Uri(line);
    }

    /// <summary>Asks it to stop, as a roll-out does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;

        using (var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await terminate.WaitForExitAsync();
        await _process.WaitForExitAsync();
        await KillAsync();
    }

    public async Task KillAsync()
    {
        Address = null;
        if (_process is null)
            return;

        if (!_process.HasExited)
            _process.Kill(); // SIGKILL
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
