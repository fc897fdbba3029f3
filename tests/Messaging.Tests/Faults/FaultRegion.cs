using System.Globalization;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Messaging.Tests;

/// <summary>
/// Three publishers and three consumers in two replicas each, on PostgreSQL, with the sidecar and RabbitMQ between them: each a process
/// that may be killed. Every consumer hears of every event.
/// </summary>
internal sealed class FaultRegion : IAsyncDisposable
{
    public const int Services = 3;
    public const int Replicas = 2;
    public const int Counters = 50; // of each publisher

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-region-");
    private readonly List<string> _publisherStores = [];
    private readonly List<string> _consumerStores = [];

    private FaultRegion(RabbitMqServer broker, PostgreSqlServer database) => (Broker, Database) = (broker, database);

    public RabbitMqServer Broker { get; }

    public PostgreSqlServer Database { get; }

    public SidecarProcess Sidecar { get; private set; } = null!;

    public List<Replica> Publishers { get; } = [];

    public List<Replica> Consumers { get; } = [];

    public IReadOnlyList<string> PublisherStores => _publisherStores;

    public IReadOnlyList<string> ConsumerStores => _consumerStores;

    public static async Task<FaultRegion> StartAsync(int steps)
    {
        var broker = await RabbitMqServer.StartAsync();
        var region = new FaultRegion(broker, await PostgreSqlServer.StartAsync());
        List<(string AppId, Uri App)> places =
        [
            .. from service in Enumerable.Range(0, Services)
               from name in (string[])["publisher", "consumer"]
               from _ in Enumerable.Range(0, Replicas)
               select ($"{name}{service}", new Uri($"http://127.0.0.1:{LoopbackPort.Free()}")),
        ];
        region.Sidecar = SidecarProcess.For(region._folder, broker.Address, places);
        foreach (var app in places.GroupBy(place => place.AppId, place => place.App))
        {
            var store = await region.Database.CreateDatabaseAsync() + ";Maximum Pool Size=10";
            var isPublisher = app.Key.StartsWith("publisher", StringComparison.Ordinal);
            (isPublisher ? region._publisherStores : region._consumerStores).Add(store);
            (isPublisher ? region.Publishers : region.Consumers).AddRange(app.Select((at, replica) => new Replica(new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_gcServer"] = "0",
                ["APP_ID"] = app.Key,
                ["LISTEN"] = at.ToString(),
                ["ConnectionStrings__" + app.Key] = store,
                ["DAPR_HTTP_ENDPOINT"] = region.Sidecar.AddressFor(at).ToString(),
                ["COUNTERS"] = isPublisher ? Counters.ToString(CultureInfo.InvariantCulture) : "0",
                ["STEPS"] = isPublisher ? steps.ToString(CultureInfo.InvariantCulture) : "0",
                ["REPLICA"] = replica.ToString(CultureInfo.InvariantCulture),
                ["REPLICAS"] = Replicas.ToString(CultureInfo.InvariantCulture),
            })));
        }

        try
        {
            await Task.WhenAll(region.Consumers.Select(consumer => consumer.StartAsync()));
            await region.Sidecar.StartAsync();
            return region;
        }
        catch
        {
            await region.DisposeAsync(); // what was started must not outlive the test
            throw;
        }
    }

    /// <summary>How many events each consumer has applied so far.</summary>
    public Task<IReadOnlyList<long>> AppliedAsync() => CountAsync(_consumerStores, "inbox");

    public static async Task<IReadOnlyList<long>> CountAsync(IEnumerable<string> stores, string table)
    {
        var counts = new List<long>();
        foreach (var store in stores)
        {
            await using var connection = new NpgsqlConnection(store);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // named by the test
            command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
            counts.Add((long)(await command.ExecuteScalarAsync())!);
        }

        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Publishers.Concat(Consumers))
            await replica.DisposeAsync();
        if (Sidecar is not null)
            await Sidecar.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
