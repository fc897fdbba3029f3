using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Storage.Tests;

/// <summary>
/// Debian's PostgreSQL as an ordinary process on loopback, in a scratch folder of its own. Where it is not installed, tests are skipped
/// with that reason; a connection string in TEST_POSTGRES uses a server that is there.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-postgres-");
    private Process? _server;
    private int _databases;

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Missing { get; private set; }

    private string ConnectionString { get; set; } = "";

    private string Data => Path.Combine(_folder.FullName, "data");

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given)
        {
            ConnectionString = given;
            return;
        }

        var programs = new DirectoryInfo("/usr/lib/postgresql") is { Exists: true } debian
            ? debian.GetDirectories().OrderBy(version => int.Parse(version.Name, CultureInfo.InvariantCulture)).LastOrDefault()
            : null;
        if (programs is null)
        {
            Missing = "PostgreSQL is not installed: apt-get install postgresql";
            return;
        }

        await StartAsync(Path.Combine(programs.FullName, "bin"));
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        // The server's own processes end a moment after it and still write until then.
        await Eventually.True(() =>
        {
            _folder.Delete(recursive: true);
            return true;
        }, "the scratch folder could be removed");
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    internal async Task<string> CreateDatabaseAsync()
    {
        Skip.If(Missing is not null, Missing);
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ToString();
    }

    private async Task StartAsync(string programs)
    {
        var port = FreePort();
        Run("chown", "nobody", _folder.FullName);
        var init = Unprivileged(Path.Combine(programs, "initdb"), "-D", Data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await init.WaitForExitAsync();
        Assert.Equal(0, init.ExitCode);

        _server = Unprivileged(Path.Combine(programs, "postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200");
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=tester;Database=postgres";
        await Eventually.True(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            return true;
        }, "PostgreSQL answers");
    }

    /// <summary>PostgreSQL refuses to run as root; setpriv becomes the program, so that its process is the one that is stopped.</summary>
    private Process Unprivileged(string program, params string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Run(string program, params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(nameof(PostgreSqlServer))]
public sealed class PostgreSqlServerDefinition : ICollectionFixture<PostgreSqlServer>;
