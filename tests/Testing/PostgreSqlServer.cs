using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Ecosystem.Testing;

/// <summary>
/// Debian's PostgreSQL as an ordinary process on loopback, in a scratch folder of its own; it may be killed and started again. A
/// connection string in TEST_POSTGRES uses a server that is there.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-postgres-");
    private readonly string? _programs;
    private readonly bool _isDurable;
    private readonly int _port;
    private Process? _server;
    private string _connectionString;
    private int _databases;

    private PostgreSqlServer(string? programs, string? given, bool isDurable)
    {
        _programs = programs;
        _isDurable = isDurable;
        _port = LoopbackPort.Free();
        _connectionString = given ?? $"Host=127.0.0.1;Port={_port};Username=tester;Database=postgres;Pooling=false";
        Missing = programs is null && given is null ? "PostgreSQL is not installed: apt-get install postgresql" : null;
    }

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Missing { get; }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Starts a server, if there is one to start.</summary>
    /// <param name="isDurable">Whether commits wait for the disk; most tests need not.</param>
    public static async Task<PostgreSqlServer> StartAsync(bool isDurable = false)
    {
        var given = Environment.GetEnvironmentVariable("TEST_POSTGRES");
        var server = new PostgreSqlServer(FindPrograms(), string.IsNullOrEmpty(given) ? null : given, isDurable);
        if (string.IsNullOrEmpty(given) && server.Missing is null)
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
        }

        return server;
    }

    /// <summary>Makes an empty database and returns its connection string. Skips the test where there is no server.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        Skip.If(Missing is not null, Missing);
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var create = connection.CreateCommand();
#pragma warning disable CA2100 // the name is made here
        create.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name, Pooling = true }.ToString();
    }

    /// <summary>Ends the server with SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_server is null)
            return;

        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts the server on the data that is there, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        string[] durability = _isDurable ? [] : ["-c", "fsync=off"];
        await Eventually.True(async () =>
        {
            if (_server is null or { HasExited: true })
            {
                _server?.Dispose(); // processes of a killed server may hold its memory for a moment
                _server = Unprivileged(Path.Combine(_programs!, "postgres"), ["-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture),
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", .. durability]);
            }

            await using var connection = new NpgsqlConnection(_connectionString);
            await connection.OpenAsync();
            return true;
        }, "PostgreSQL answers");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Eventually.True(() =>
        {
            _folder.Delete(recursive: true); // the server's own processes end a moment after it and still write until then
            return true;
        }, "the scratch folder could be removed");
    }

    private async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var own = Process.Start("chown", ["nobody", _folder.FullName]);
            await own.WaitForExitAsync();
        }

        using var init = Unprivileged(
            Path.Combine(_programs!, "initdb"), ["-D", Data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        await init.WaitForExitAsync();
        Assert.Equal(0, init.ExitCode);
    }

    /// <summary>PostgreSQL refuses to run as root; setpriv becomes the program, so that its process is the one that is stopped.</summary>
    private Process Unprivileged(string program, string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string? FindPrograms() => new DirectoryInfo("/usr/lib/postgresql") is { Exists: true } debian
        ? debian.GetDirectories().OrderBy(version => int.Parse(version.Name, CultureInfo.InvariantCulture))
            .Select(version => Path.Combine(version.FullName, "bin")).LastOrDefault()
        : null;
}
