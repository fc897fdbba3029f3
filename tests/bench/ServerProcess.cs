using System.Diagnostics;
using System.Globalization;

namespace Ecosystem.Bench;

/// <summary>A server in a process of its own, which says <c>listening &lt;port&gt;</c> when it is ready.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before; the message is what it said.</exception>
    public static async Task<ServerProcess> StartAsync(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["listening", var port])
                return new ServerProcess(process, int.Parse(port, CultureInfo.InvariantCulture));
            said.Add(line);
        }

        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start: {string.Join(' ', said)}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
