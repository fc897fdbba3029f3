using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ecosystem.AppHost.Local.Servers;
using Npgsql;

namespace Ecosystem.SystemTests;

/// <summary>The ecosystem on PostgreSQL and RabbitMQ, two processes of each service.</summary>
public sealed class DurableSystem : RunningSystem
{
    /// <summary>
    /// How many events the catalogue owes to matching: one for each version of each competence, of each solution, and of each data asset that
    /// others can see; and two for each solution that was shown and taken away again.
    /// </summary>
    public const string Published = """
        SELECT (SELECT COALESCE(SUM((body->>'version')::bigint), 0) FROM doc_competences) + (SELECT COALESCE(SUM((body->>'version')::bigint), 0) FROM doc_data_assets
          WHERE COALESCE(body->'asset'->>'state', '') NOT IN ('PUBLICATION_STATE_DRAFT', 'PUBLICATION_STATE_REVIEW'))
          + (SELECT COALESCE(SUM((body->>'version')::bigint), 0) FROM doc_solutions)
          + (SELECT 2 * COUNT(*) FROM doc_removed_documents WHERE id LIKE 'solutions/%')
        """;

    /// <summary>How many events of the catalogue a service has applied.</summary>
    public const string Received = "SELECT COUNT(*) FROM inbox WHERE source LIKE '%/catalog'";

    /// <summary>Why it cannot run here; null when it does.</summary>
    public string? Missing { get; } = PostgreSqlProgram.Missing ?? RabbitMqProgram.Missing;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Options => ["--store", "postgres", "--broker", "rabbitmq", "--replicas", "2"];

    /// <inheritdoc/>
    public override Task InitializeAsync() => Missing is null ? base.InitializeAsync() : Task.CompletedTask;

    /// <inheritdoc/>
    public override Task DisposeAsync() => Missing is null ? base.DisposeAsync() : Task.CompletedTask;

    /// <summary>The process itself; for a server not the shell that is tied to the apphost but what it started.</summary>
    public int ProcessOf(string name) => name switch
    {
        "rabbitmq" => int.Parse(File.ReadAllText(Path.Combine(StateDirectory, "rabbitmq", "pid")), CultureInfo.InvariantCulture),
        "postgres" => int.Parse(File.ReadLines(Path.Combine(StateDirectory, "postgres", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture),
        _ => State.Resources.Single(resource => resource.Name == name).ProcessId!.Value,
    };

    /// <summary>The broker, with the password that was generated for it.</summary>
    public Uri Broker
    {
        get
        {
            var server = State.Resources.Single(resource => resource.Name == "rabbitmq").Addresses["tcp"];
            return new Uri($"amqp://ecosystem:{SecretOf("rabbitmq-password")}@{server.Host}:{server.Port}");
        }
    }

    /// <summary>Ends a process with SIGKILL.</summary>
    public void Kill(string name)
    {
        using var process = Process.GetProcessById(ProcessOf(name));
        process.Kill();
    }

    /// <summary>Asks the database of a service.</summary>
    public async Task<long> CountAsync(string service, string query)
    {
        var server = State.Resources.Single(resource => resource.Name == "postgres").Addresses["tcp"];
        await using var connection = new NpgsqlConnection($"Host={server.Host};Port={server.Port};Username=ecosystem;Password={SecretOf("postgres-password")};Database={service};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // the queries are written in the test
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private string SecretOf(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(StateDirectory, "secrets.json")))![name];
}
