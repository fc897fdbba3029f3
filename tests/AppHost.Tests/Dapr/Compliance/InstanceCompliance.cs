using System.Collections.Concurrent;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

/// <summary>Several processes of one app compete for its messages. The same for every component.</summary>
public abstract class InstanceCompliance : IAsyncLifetime
{
    private const string Plain = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""";
    private RecordingApp _one = null!;
    private RecordingApp _two = null!;
    private RecordingApp _writer = null!;

    private protected abstract PubSubUnderTest PubSub { get; }

    public async Task InitializeAsync()
    {
        _one = await RecordingApp.StartAsync(Plain);
        _two = await RecordingApp.StartAsync(Plain);
        _writer = await RecordingApp.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _writer.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(Plain)]
    [InlineData("""[{"pubsubname":"pubsub","topic":"orders","route":"/orders","bulkSubscribe":{"enabled":true,"maxAwaitDurationMs":200}}]""")]
    public async Task Each_message_goes_to_one_of_the_instances_and_each_instance_gets_some(string subscriptions)
    {
        _one.Subscriptions = _two.Subscriptions = subscriptions;
        _one.Answer = _two.Answer = delivery => (200, AllTaken(delivery));
        await using var region = await StartAsync();

        string[] published = [.. Enumerable.Range(0, 30).Select(n => $"{n}")];
        foreach (var n in published)
        {
            await PublishAsync(region, subject: n, n);
        }

        await Eventually.True(() => Taken(_one).Count() + Taken(_two).Count() >= published.Length, "all have come");
        Assert.Equal(published.Order(), Taken(_one).Concat(Taken(_two)).Order());
        Assert.NotEmpty(Taken(_one));
        Assert.NotEmpty(Taken(_two));
    }

    [SkippableFact]
    public async Task What_a_dead_instance_did_not_take_goes_to_the_living_one()
    {
        await using var region = await StartAsync();
        await _one.StopAsync();

        for (var n = 0; n < 10; n++)
        {
            await PublishAsync(region, subject: $"{n}", $"{n}");
        }

        await Eventually.True(() => _two.Deliveries.Count == 10, "the living one has all");
        await _one.ComeBackAsync();
    }

    [SkippableFact]
    public async Task Messages_about_one_subject_keep_their_order_among_the_instances()
    {
        var taken = new ConcurrentQueue<string>();
        var refusals = 0;
        _one.Answer = _two.Answer = delivery =>
        {
            if (Interlocked.Increment(ref refusals) % 5 == 0)
            {
                return (500, "");
            }

            taken.Enqueue(delivery.Body["data"]!.ToString());
            return (200, "");
        };
        await using var region = await StartAsync();

        for (var n = 0; n < 40; n++)
        {
            await PublishAsync(region, subject: $"{n % 4}", $"{n}");
        }

        await Eventually.True(() => taken.Count == 40, "all have come");
        foreach (var ofSubject in taken.Select(int.Parse).GroupBy(n => n % 4))
        {
            Assert.Equal(ofSubject.Order(), ofSubject);
        }
    }

    [SkippableFact]
    public async Task A_call_by_app_id_is_answered_by_an_instance_that_lives()
    {
        await using var region = await StartAsync();
        await _one.StopAsync();
        await Eventually.True(async () => !(await region.SendAsync(HttpMethod.Get, "reader", "/v1.0/healthz")).IsSuccessStatusCode, "it is known to be gone");

        for (var n = 0; n < 4; n++)
        {
            Assert.Equal(418, (int)(await region.SendAsync(HttpMethod.Get, "writer", "/v1.0/invoke/reader/method/echo/a")).StatusCode);
        }

        await _one.ComeBackAsync();
    }

    private async Task<LocalRegion> StartAsync()
    {
        var region = await LocalRegion.StartAsync(PubSub, ("reader", _one.Address), ("reader", _two.Address), ("writer", _writer.Address));
        await region.ReadyAsync("reader");
        await region.ReadyAsync("reader-2");
        return region;
    }

    private static Task<HttpResponseMessage> PublishAsync(LocalRegion region, string subject, string data) =>
        region.PublishAsync("writer", "orders", data, "text/plain", $"?metadata.cloudevent.subject={subject}");

    private static IEnumerable<string> Taken(RecordingApp app) =>
        app.Deliveries.SelectMany(d => d.Body["entries"] is { } entries ? entries.AsArray().Select(e => e!["event"]!["data"]!.ToString()) : [d.Body["data"]!.ToString()]);

    private static string AllTaken(Delivery delivery) => delivery.Body["entries"] is { } entries
        ? $$"""{"statuses":[{{string.Join(',', entries.AsArray().Select(e => $$"""{"entryId":"{{e!["entryId"]}}","status":"SUCCESS"}"""))}}]}"""
        : "";
}
