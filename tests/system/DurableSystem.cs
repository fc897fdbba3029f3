using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ecosystem.AppHost.Local.Servers;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Testing;
using Google.Protobuf.Reflection;
using Npgsql;

namespace Ecosystem.SystemTests;

/// <summary>The ecosystem on PostgreSQL and RabbitMQ, two processes of each service.</summary>
public sealed class DurableSystem : RunningSystem
{
    private static readonly string[] Services = ["catalog", "policy", "matching"];

    /// <summary>Which events a service applies; all of the catalogue, which itself follows nobody. Others are acknowledged and leave no mark.</summary>
    private static readonly Dictionary<string, MessageDescriptor[]> Followed = new()
    {
        ["policy"] = [DataAssetPublished.Descriptor, OfferAttached.Descriptor],
        ["matching"] =
        [
            DataAssetPublished.Descriptor, OfferAttached.Descriptor, DataAssetDeprecated.Descriptor, DataAssetWithdrawn.Descriptor,
            CompetencePublished.Descriptor, SolutionPublished.Descriptor, SolutionRemoved.Descriptor,
        ],
        ["catalog"] = [],
    };

    /// <summary>Why it cannot run here; null when it does.</summary>
    public string? Missing { get; } = PostgreSqlProgram.Missing ?? RabbitMqProgram.Missing;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Options => ["--store", "postgres", "--broker", "rabbitmq", "--replicas", "2"];

    /// <summary>Events are kept after they were sent, so that afterwards each can be asked after.</summary>
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Storage__KeepSentFor"] = "1.00:00:00" };

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

    /// <summary>The server with a database for each service; its user is <c>ecosystem</c>.</summary>
    public Uri Database => State.Resources.Single(resource => resource.Name == "postgres").Addresses["tcp"];

    public string DatabasePassword => SecretOf("postgres-password");

    /// <summary>Ends a process with SIGKILL.</summary>
    public void Kill(string name)
    {
        using var process = Process.GetProcessById(ProcessOf(name));
        process.Kill();
    }

    /// <summary>
    /// Fails unless every event that a service has ever published is applied by each service that follows it: once, because the mark of an
    /// event is written with its effect or not at all, and there is one mark for each.
    /// </summary>
    public async Task ExpectNoEventLostAsync()
    {
        foreach (var (follower, types) in Followed)
        {
            var published = 0;
            await Eventually.True(
                async () =>
                {
                    var owed = new HashSet<string>();
                    foreach (var publisher in Services)
                        owed.UnionWith((await PublishedAsync(publisher, types)).Select(id => $"{publisher} {id}"));
                    published = owed.Count;
                    return owed.SetEquals(await AppliedAsync(follower));
                },
                $"{follower} has applied every event that it follows, and none besides");
            Assert.Equal(types.Length > 0, published > 0);
        }
    }

    private Task<List<string>> PublishedAsync(string service, IEnumerable<MessageDescriptor> types) => ReadAsync(
        service, "SELECT id FROM outbox WHERE type = ANY($1) UNION SELECT id FROM sent WHERE type = ANY($1)", [.. types.Select(type => type.FullName)]);

    /// <summary>As "publisher id"; the source of an event is <c>/ecosystem/{region}/{publisher}</c>.</summary>
    private Task<List<string>> AppliedAsync(string service) => ReadAsync(service, "SELECT split_part(source, '/', 4) || ' ' || id FROM inbox");

    /// <summary>The first column of what a query of a database gives, as texts; <c>$1</c> of the query are types of events.</summary>
    public async Task<List<string>> ReadAsync(string service, string query, string[]? types = null)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={Database.Host};Port={Database.Port};Username=ecosystem;Password={DatabasePassword};Database={service};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // the queries are written above
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        if (types is not null)
            command.Parameters.Add(new() { Value = types });
        await using var rows = await command.ExecuteReaderAsync();
        var read = new List<string>();
        while (await rows.ReadAsync())
            read.Add(rows.GetString(0));
        return read;
    }

    private string SecretOf(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(StateDirectory, "secrets.json")))![name];
}
