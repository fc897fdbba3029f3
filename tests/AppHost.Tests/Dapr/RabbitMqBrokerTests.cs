using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ecosystem.Testing;
using RabbitMQ.Client;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>What is RabbitMQ's own: names that a real daprd uses as well, and a broker that goes away.</summary>
[Collection(WithRabbitMq.Name)]
public sealed class RabbitMqBrokerTests(RabbitMqFixture rabbitMq)
{
    private const string Plain = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""";

    [SkippableFact]
    public async Task Exchanges_and_queues_are_those_that_daprd_would_declare()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app, ("enableDeadLetter", "true"));
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        // The broker refuses a declaration that differs from the first in anything.
        await channel.ExchangeDeclareAsync("orders", "fanout", durable: true, autoDelete: false);
        await channel.ExchangeDeclareAsync("dlx-app-orders", "fanout", durable: true, autoDelete: false);
        await channel.QueueDeclareAsync("app-orders", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "classic",
            ["x-dead-letter-exchange"] = "dlx-app-orders",
        });
        await channel.QueueDeclareAsync("dlq-app-orders", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-mode"] = "lazy" });
    }

    [SkippableFact]
    public async Task A_message_of_another_daprd_is_delivered_and_ours_reaches_it()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, "orders", "");

        await channel.BasicPublishAsync("orders", "", Encoding.UTF8.GetBytes("""{"specversion":"1.0","id":"1","source":"elsewhere","type":"t","data":"theirs"}"""));
        await Eventually.True(() => app.Data.Contains("theirs"), "theirs is delivered");
        await region.PublishAsync("app", "orders", "ours", "text/plain");

        await Eventually.True(async () => (await channel.BasicGetAsync(queue.QueueName, autoAck: true)) is { } got && Encoding.UTF8.GetString(got.Body.Span).Contains("ours", StringComparison.Ordinal), "ours is there");
    }

    [SkippableFact]
    public async Task What_is_refused_to_the_last_goes_to_daprs_dead_letter_queue_where_that_is_enabled()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        app.Answer = _ => (500, "");
        await using var region = await StartAsync(app, ("enableDeadLetter", "true"), ("requeueInFailure", "false"));

        await region.PublishAsync("app", "orders", "never", "text/plain");

        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.True(async () => await channel.MessageCountAsync("dlq-app-orders") == 1, "it is there");
        Assert.Equal(4, app.Deliveries.Count);
    }

    [SkippableFact]
    public async Task Publishing_is_refused_while_the_broker_is_away_and_goes_on_when_it_is_back()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        await rabbitMq.Server.KillAsync();

        var refused = await region.PublishAsync("app", "orders", "refused", "text/plain");
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Contains("ERR_PUBSUB_PUBLISH_MESSAGE", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await rabbitMq.Server.StartAgainAsync();
        await Eventually.True(async () => (await region.PublishAsync("app", "orders", "back", "text/plain")).IsSuccessStatusCode, "it is taken again");
        await Eventually.True(() => app.Data.Contains("back"), "and delivered");
    }

    [SkippableFact]
    public async Task What_was_acknowledged_is_delivered_in_order_although_the_broker_is_killed_again_and_again()
    {
        const int kills = 2;
        const int perRound = 100;
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        var acknowledged = new List<string>();
        var back = Task.CompletedTask;
        for (var n = 0; acknowledged.Count < kills * perRound; n++)
        {
            if ((await region.PublishAsync("app", "orders", $"{n}", "text/plain")).StatusCode != HttpStatusCode.NoContent)
            {
                await back; // refused: the outbox of a service would wait and try again
                continue;
            }

            acknowledged.Add($"{n}");
            if (acknowledged.Count % perRound == perRound / 2)
            {
                await rabbitMq.Server.KillAsync();
                back = rabbitMq.Server.StartAgainAsync();
            }
        }

        await back;
        await Eventually.True(() => acknowledged.TrueForAll(app.Data.ToHashSet(StringComparer.Ordinal).Contains), "everything acknowledged has been delivered");
        var firsts = app.Data.Select(int.Parse).Distinct().ToList();
        Assert.Equal(firsts.Order(), firsts);
    }

    [SkippableFact]
    public async Task Messages_of_an_app_in_another_sidecar_process_go_to_that_one_when_ours_is_down()
    {
        await using var here = await RecordingApp.StartAsync(Plain);
        await using var there = await RecordingApp.StartAsync(Plain);
        await using var first = await StartAsync(here);
        await using var second = await StartAsync(there);
        await here.StopAsync();

        for (var n = 0; n < 20; n++)
        {
            await second.PublishAsync("app", "orders", $"{n}", "text/plain");
        }

        await Eventually.True(() => there.Data.Distinct().Count() == 20, "the living one has all");
        await here.ComeBackAsync();
    }

    [SkippableFact]
    public async Task Order_is_kept_between_sidecar_processes_by_a_single_active_consumer()
    {
        const string one = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders","metadata":{"singleActiveConsumer":"true"}}]""";
        var taken = new ConcurrentQueue<string>();
        await using var here = await RecordingApp.StartAsync(one);
        await using var there = await RecordingApp.StartAsync(one);
        here.Answer = there.Answer = delivery =>
        {
            taken.Enqueue(delivery.Body["data"]!.ToString());
            return (200, "");
        };
        await using var first = await StartAsync(here);
        await using var second = await StartAsync(there);

        for (var n = 0; n < 40; n++)
        {
            await (n % 2 == 0 ? first : second).PublishAsync("app", "orders", $"{n}", "text/plain");
            if (n == 20)
            {
                await here.StopAsync();
            }
        }

        await Eventually.True(() => taken.Distinct().Count() == 40, "all have come");
        var firsts = taken.Select(int.Parse).Distinct().ToList();
        Assert.Equal(firsts.Order(), firsts);
        await here.ComeBackAsync();
    }

    [SkippableFact]
    public async Task A_broker_without_room_is_told_to_publishers_and_its_readers_go_on()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        await region.PublishAsync("app", "orders", "before", "text/plain");
        await rabbitMq.Server.SetDiskFullAsync(isFull: true);
        try
        {
            await Eventually.True(
                async () => await (await region.PublishAsync("app", "orders", "refused", "text/plain")).Content.ReadAsStringAsync() is var answer
                    && answer.Contains("takes no messages", StringComparison.Ordinal),
                "publishers are told why");
            await Eventually.True(() => app.Data.Contains("before"), "what was taken is delivered");
        }
        finally
        {
            await rabbitMq.Server.SetDiskFullAsync(isFull: false);
        }

        await Eventually.True(async () => (await region.PublishAsync("app", "orders", "after", "text/plain")).IsSuccessStatusCode, "it takes messages again");
        await Eventually.True(() => app.Data.Contains("after"), "and delivers them");
    }

    [SkippableFact]
    public async Task A_broker_that_does_not_answer_is_asked_again_for_publishing_and_for_reading()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var broker = new SilentBroker(rabbitMq.Server.Address, silent: 2); // the link that publishes and the one that reads
        await using var region = await StartAsync(app, ("connectionString", broker.Address.ToString()), ("heartBeat", "10m"));

        await Eventually.True(() => broker.Unanswered > 2, "the link that publishes was made anew; on the other one reading is tried for the second time");
        await broker.EndSilenceAsync();

        await region.PublishAsync("app", "orders", "heard", "text/plain");
        await Eventually.True(() => app.Data.Contains("heard"), "it is delivered");
    }

    private async Task<LocalRegion> StartAsync(RecordingApp app, params (string Name, string Value)[] more)
    {
        var component = new RabbitMqUnderTest(rabbitMq.Server);
        var region = new LocalRegion(component) { Component = component.Declare(more: more) };
        await region.RunAsync(("app", app.Address));
        await region.ReadyAsync("app");
        return region;
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = rabbitMq.Server.Address }.CreateConnectionAsync();
}
