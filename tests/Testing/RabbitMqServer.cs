using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ecosystem.AppHost.Local.Servers;
using Xunit;

namespace Ecosystem.Testing;

/// <summary>Debian's RabbitMQ as an ordinary process on loopback, in a scratch folder of its own; it may be killed and started again.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Password = "of-a-test";
    private const int LinesKept = 40;

    /// <summary>A server that neither answers nor ends for so long is stuck in its start; one of its own takes some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-rabbitmq-");
    private readonly int _port;
    private readonly ForeignProgram? _program;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _tied;

    private RabbitMqServer()
    {
        _port = LoopbackPort.Free();
        Missing = RabbitMqProgram.Missing;
        _program = Missing is null ? RabbitMqProgram.In(_folder.FullName, _port, LoopbackPort.Free(), LoopbackPort.Free(), "tester", Password) : null;
    }

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Missing { get; }

    /// <summary>Where it listens. Skips the test where there is no server.</summary>
    public Uri Address
    {
        get
        {
            Skip.If(Missing is not null, Missing);
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"amqp://tester:{Password}@127.0.0.1:{_port}"));
        }
    }

    /// <summary>Starts a server, if there is one to start.</summary>
    public static async Task<RabbitMqServer> StartAsync()
    {
        var server = new RabbitMqServer();
        if (server.Missing is null)
        {
            await server.StartAgainAsync();
        }

        return server;
    }

    /// <summary>Ends the server with SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_tied is null)
            return;

        var pid = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "pid")), CultureInfo.InvariantCulture);
        using (var server = Process.GetProcessById(pid))
        {
            server.Kill();
        }

        await EndAsync();
    }

    /// <summary>Stops the server in order.</summary>
    public async Task StopAsync()
    {
        if (_tied is null)
            return;

        _tied.StandardInput.Close();
        await EndAsync();
    }

    /// <summary>
    /// Starts the server on the data that is there, and waits until it answers. One that ends or is stuck instead is started anew; if none answers, the
    /// failure tells what they said.
    /// </summary>
    public async Task StartAgainAsync()
    {
        var sinceStart = Stopwatch.StartNew();
        await Eventually.True(async () =>
        {
            if (_tied is { HasExited: false } && sinceStart.Elapsed > Patience)
            {
                _said.Enqueue($"(Stuck for {sinceStart.Elapsed.TotalSeconds:0} s, so it is killed and started anew.)");
                _tied.Kill(entireProcessTree: true);
                await EndAsync();
            }

            if (_tied is null or { HasExited: true })
            {
                if (_tied is not null)
                    _said.Enqueue($"(Ended with {_tied.ExitCode}, so it is started anew.)"); // what is left of a killed server may hold its ports for a moment
                _tied?.Dispose();
                _tied = Start(_program!, _program!.TiedCommand);
                sinceStart.Restart();
            }

            await ConnectAsync();
            return true;
        }, "RabbitMQ answers");
    }

    /// <summary>Makes the server believe that its disk is full, or that there is room again. While full it takes no messages.</summary>
    public async Task SetDiskFullAsync(bool isFull)
    {
        var control = Directory.GetFiles("/usr/lib/rabbitmq/lib", "rabbitmqctl", SearchOption.AllDirectories).First();
        using var told = Start(_program!, [control, "set_disk_free_limit", isFull ? "1000000GB" : "50MB"]);
        await told.WaitForExitAsync();
        Assert.Equal(0, told.ExitCode);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Eventually.True(() =>
        {
            _folder.Delete(recursive: true);
            return true;
        }, "the scratch folder could be removed");
    }

    private async Task ConnectAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port);
        }
        catch (SocketException refused)
        {
            throw new InvalidOperationException($"{refused.Message}. It said last:\n{string.Join('\n', _said)}", refused);
        }
    }

    private Process Start(ForeignProgram program, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = program.Folder,
        };
        foreach (var (name, value) in program.Environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;

        _said.Enqueue(line);
        if (_said.Count > LinesKept)
            _said.TryDequeue(out _);
    }

    private async Task EndAsync()
    {
        await _tied!.WaitForExitAsync();
        _tied.Dispose();
        _tied = null;
    }
}
