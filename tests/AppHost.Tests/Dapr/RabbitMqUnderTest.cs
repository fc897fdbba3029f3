using Ecosystem.Testing;
using RabbitMQ.Client;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>RabbitMQ with the values that lose nothing.</summary>
internal sealed class RabbitMqUnderTest(RabbitMqServer server) : PubSubUnderTest
{
    private static readonly string[] Topics = ["orders", "orders-dead", "bills", "stuck", "other"];

    public override string Type => "pubsub.rabbitmq";

    protected override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>
    {
        ["connectionString"] = server.Address.ToString(),
        ["durable"] = "true",
        ["deletedWhenUnused"] = "false",
        ["deliveryMode"] = "2",
        ["requeueInFailure"] = "true",
        ["publisherConfirm"] = "true",
        ["prefetchCount"] = "50",
        ["reconnectWaitSeconds"] = "1",
    };

    public override async Task ForgetAsync(IEnumerable<string> apps)
    {
        await using var connection = await new ConnectionFactory { Uri = server.Address }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var app in apps)
        {
            await channel.QueueDeleteAsync(app + ".early");
            foreach (var topic in Topics)
            {
                await channel.QueueDeleteAsync($"{app}-{topic}");
                await channel.QueueDeleteAsync($"dlq-{app}-{topic}");
                await channel.ExchangeDeleteAsync($"dlx-{app}-{topic}");
            }
        }

        foreach (var topic in Topics)
        {
            await channel.ExchangeDeleteAsync(topic);
        }
    }
}

/// <summary>One server for all suites: they run one after the other and clean up.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    public RabbitMqServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RabbitMqServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class WithRabbitMq : ICollectionFixture<RabbitMqFixture>
{
    public const string Name = "RabbitMQ";
}
