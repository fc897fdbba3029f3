using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

/// <summary>What becomes of a message: taken, refused, dropped, expired, waiting. The same for every component.</summary>
public abstract class DeliveryCompliance
{
    private const string Plain = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""";

    private const string WithDeadLetter = """
        [{"pubsubname":"pubsub","topic":"orders","route":"/orders","deadLetterTopic":"orders-dead"},
         {"pubsubname":"pubsub","topic":"orders-dead","route":"/dead"}]
        """;

    private protected abstract PubSubUnderTest PubSub { get; }

    [SkippableTheory]
    [InlineData(200, """{"status":"RETRY"}""")]
    [InlineData(200, """{"status":"SOMETHING"}""")]
    [InlineData(500, "")]
    [InlineData(403, "")]
    public async Task A_refused_message_comes_again_and_the_next_waits_for_it(int status, string body)
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        var refusals = 2;
        app.Answer = _ => refusals-- > 0 ? (status, body) : (200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "first", "text/plain");
        await region.PublishAsync("app", "orders", "second", "text/plain");

        await Eventually.True(() => app.Deliveries.Count == 4, "four deliveries have come");
        Assert.Equal(["first", "first", "first", "second"], app.Data);
    }

    [SkippableTheory]
    [InlineData(200, "")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"status":"SUCCESS"}""")]
    [InlineData(204, "")]
    [InlineData(404, "")]
    public async Task These_answers_end_a_delivery_without_a_dead_letter(int status, string body)
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => d.Body["data"]!.ToString() == "first" ? (status, body) : (200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "first", "text/plain");
        await region.PublishAsync("app", "orders", "second", "text/plain");

        await Eventually.True(() => app.Deliveries.Count >= 2, "both have come");
        Assert.Equal([("/orders", "first"), ("/orders", "second")], app.Deliveries.Select(d => (d.Path, d.Body["data"]!.ToString())));
    }

    [SkippableFact]
    public async Task A_message_that_is_never_taken_goes_to_the_dead_letter_topic_after_the_last_retry()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => d.Path == "/orders" ? (500, "") : (200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "never", "text/plain");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "the dead letter has come");
        Assert.Equal(4, app.Deliveries.Count(d => d.Path == "/orders"));
        Assert.Equal("never", app.Data.Last());
    }

    [SkippableFact]
    public async Task A_dropped_message_goes_to_the_dead_letter_topic_at_once()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => (200, d.Path == "/orders" ? """{"status":"DROP"}""" : "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "unwanted", "text/plain");

        await Eventually.True(() => app.Deliveries.Count == 2, "the dead letter has come");
        Assert.Equal(["/orders", "/dead"], app.Deliveries.Select(d => d.Path));
    }

    [SkippableFact]
    public async Task Without_a_dead_letter_topic_a_message_is_offered_again_after_its_retries()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        var refusals = 5;
        app.Answer = _ => refusals-- > 0 ? (500, "") : (200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "stubborn", "text/plain");

        await Eventually.True(() => app.Deliveries.Count == 6, "it is taken at last");
    }

    [SkippableFact]
    public async Task Messages_wait_until_the_app_is_healthy()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        app.Healthy = false;
        await using var region = await LocalRegion.StartAsync(PubSub, ("app", app.Address));
        await region.PublishAsync("app", "orders", "early", "text/plain");
        Assert.Empty(app.Deliveries);

        app.Healthy = true;

        await Eventually.True(() => app.Data.Contains("early"), "it has come");
    }

    [SkippableFact]
    public async Task A_message_waits_for_an_app_that_is_down_and_is_not_counted_as_refused()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        await using var region = await StartAsync(app);
        await app.StopAsync();
        await region.PublishAsync("app", "orders", "patient", "text/plain");

        await app.ComeBackAsync();

        await Eventually.True(() => app.Data.Contains("patient"), "it has come");
        Assert.Equal(["/orders"], app.Deliveries.Select(d => d.Path));
    }

    [SkippableFact]
    public async Task A_message_published_before_the_first_start_of_its_reader_reaches_it()
    {
        await using var writer = await RecordingApp.StartAsync();
        await using var reader = await RecordingApp.StartAsync(Plain);
        await reader.StopAsync();
        await using var region = await LocalRegion.StartAsync(PubSub, ("writer", writer.Address), ("reader", reader.Address));
        await region.PublishAsync("writer", "orders", "before", "text/plain");
        await region.PublishAsync("writer", "other", "not wanted", "text/plain");

        await reader.ComeBackAsync();

        await Eventually.True(() => !reader.Deliveries.IsEmpty, "it has come");
        Assert.Equal(["before"], reader.Data);
    }

    [SkippableFact]
    public async Task A_message_survives_the_restart_of_the_sidecar()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        app.Answer = _ => (500, "");
        await region.PublishAsync("app", "orders", "kept", "text/plain");
        await region.StopAsync();
        app.Deliveries.Clear();
        app.Answer = _ => (200, "");

        await region.RunAsync(("app", app.Address));

        await Eventually.True(() => app.Data.Contains("kept"), "it has come");
    }

    [SkippableFact]
    public async Task A_message_whose_time_is_over_is_not_delivered()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        app.Healthy = false;
        await using var region = await LocalRegion.StartAsync(PubSub, ("app", app.Address));
        await region.PublishAsync("app", "orders", "short", "text/plain", "?metadata.ttlInSeconds=1");
        await region.PublishAsync("app", "orders", "long", "text/plain");
        var published = TimeProvider.System.GetTimestamp();
        await Eventually.True(() => TimeProvider.System.GetElapsedTime(published) > TimeSpan.FromSeconds(1.1), "the first is over");

        app.Healthy = true;

        await Eventually.True(() => !app.Deliveries.IsEmpty, "one has come");
        Assert.Equal(["long"], app.Data);
    }

    [SkippableFact]
    public async Task Topics_do_not_wait_for_each_other()
    {
        await using var app = await RecordingApp.StartAsync("""
            [{"pubsubname":"pubsub","topic":"stuck","route":"/stuck"},{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]
            """);
        app.Answer = d => (d.Path == "/stuck" ? 500 : 200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "stuck", "s", "text/plain");
        await region.PublishAsync("app", "orders", "o", "text/plain");

        await Eventually.True(() => app.Data.Contains("o"), "the other topic comes");
    }

    private async Task<LocalRegion> StartAsync(RecordingApp app)
    {
        var region = await LocalRegion.StartAsync(PubSub, ("app", app.Address));
        await region.ReadyAsync("app");
        return region;
    }
}
