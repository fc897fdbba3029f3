using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class DeliveryTests
{
    private const string Plain = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""";

    private const string WithDeadLetter = """
        [{"pubsubname":"pubsub","topic":"orders","route":"/orders","deadLetterTopic":"orders-dead"},
         {"pubsubname":"pubsub","topic":"orders-dead","route":"/dead"}]
        """;

    [Fact]
    public async Task The_first_rule_that_fits_decides_the_path()
    {
        await using var app = await RecordingApp.StartAsync("""
            [{"pubsubName":"pubsub","topic":"orders","routes":{"rules":[
              {"match":"event.type == \"placed\"","path":"/placed"},
              {"match":"event.type in [\"placed\", \"paid\"] && event.data.n > 1","path":"/paid"}],"default":"/rest"}}]
            """);
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", """{"n":2}""", query: "?metadata.cloudevent.type=placed");
        await region.PublishAsync("app", "orders", """{"n":2}""", query: "?metadata.cloudevent.type=paid");
        await region.PublishAsync("app", "orders", """{"n":1}""", query: "?metadata.cloudevent.type=paid");

        await Eventually.True(() => app.Deliveries.Count == 3, "three deliveries have come");
        Assert.Equal(["/placed", "/paid", "/rest"], app.Deliveries.Select(d => d.Path));
    }

    [Fact]
    public async Task What_no_rule_fits_goes_to_the_dead_letter_topic()
    {
        await using var app = await RecordingApp.StartAsync("""
            [{"pubsubname":"pubsub","topic":"orders","routes":{"rules":[{"match":"event.type == \"placed\"","path":"/placed"}]},"deadLetterTopic":"orders-dead"},
             {"pubsubname":"pubsub","topic":"orders-dead","route":"/dead"}]
            """);
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", """{"n":1}""");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "the dead letter has come");
    }

    [Theory]
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

    [Theory]
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

    [Fact]
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

    [Fact]
    public async Task A_dropped_message_goes_to_the_dead_letter_topic_at_once()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => (200, d.Path == "/orders" ? """{"status":"DROP"}""" : "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "unwanted", "text/plain");

        await Eventually.True(() => app.Deliveries.Count == 2, "the dead letter has come");
        Assert.Equal(["/orders", "/dead"], app.Deliveries.Select(d => d.Path));
    }

    [Fact]
    public async Task Without_a_dead_letter_topic_a_message_is_offered_again_after_its_retries()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        var refusals = 5;
        app.Answer = _ => refusals-- > 0 ? (500, "") : (200, "");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "stubborn", "text/plain");

        await Eventually.True(() => app.Deliveries.Count == 6, "it is taken at last");
    }

    [Fact]
    public async Task Bulk_subscribers_get_batches_and_only_what_failed_again()
    {
        await using var app = await RecordingApp.StartAsync("""
            [{"pubsubname":"pubsub","topic":"orders","route":"/orders","bulkSubscribe":{"enabled":true,"maxMessagesCount":10}}]
            """);
        app.Healthy = false;
        app.Answer = d => (200, app.Deliveries.Count == 1 ? Statuses(Entries(d).Take(2)) : Statuses(Entries(d)));
        await using var region = await LocalRegion.StartAsync(("app", app.Address));
        foreach (var text in new[] { "1", "2", "3" })
        {
            await region.PublishAsync("app", "orders", text, "text/plain");
        }

        app.Healthy = true;

        await Eventually.True(() => app.Deliveries.Count == 2, "the rest of the batch has come again");
        Assert.Equal([["1", "2", "3"], ["3"]], app.Deliveries.Select(d => Entries(d).Select(e => e["event"]!["data"]!.ToString())));

        static IEnumerable<JsonObject> Entries(Delivery delivery) => delivery.Body["entries"]!.AsArray().Select(e => e!.AsObject());
        static string Statuses(IEnumerable<JsonObject> entries) =>
            $$"""{"statuses":[{{string.Join(',', entries.Select(e => $$"""{"entryId":"{{e["entryId"]}}","status":"SUCCESS"}"""))}}]}""";
    }

    [Fact]
    public async Task Messages_wait_until_the_app_is_healthy()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        app.Healthy = false;
        await using var region = await LocalRegion.StartAsync(("app", app.Address));
        await region.PublishAsync("app", "orders", "early", "text/plain");
        Assert.Empty(app.Deliveries);

        app.Healthy = true;

        await Eventually.True(() => app.Data.Contains("early"), "it has come");
    }

    [Fact]
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

    [Fact]
    public async Task An_app_that_comes_back_is_asked_for_its_subscriptions_again()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        await using var region = await StartAsync(app);
        await app.StopAsync();
        app.Subscriptions = """[{"pubsubname":"pubsub","topic":"bills","route":"/bills"}]""";
        await app.ComeBackAsync();
        await Eventually.True(() => app.TimesAsked == 2, "it is asked again");

        await Eventually.True(async () => (await (await region.SendAsync(HttpMethod.Get, "app", "/v1.0/metadata")).Content.ReadAsStringAsync()).Contains("bills", StringComparison.Ordinal), "it is known");
        await region.PublishAsync("app", "bills", "b", "text/plain");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/bills"), "the new topic comes");
    }

    [Fact]
    public async Task A_message_published_before_the_first_start_of_its_reader_reaches_it()
    {
        await using var writer = await RecordingApp.StartAsync();
        await using var reader = await RecordingApp.StartAsync(Plain);
        await reader.StopAsync();
        await using var region = await LocalRegion.StartAsync(("writer", writer.Address), ("reader", reader.Address));
        await region.PublishAsync("writer", "orders", "before", "text/plain");
        await region.PublishAsync("writer", "other", "not wanted", "text/plain");

        await reader.ComeBackAsync();

        await Eventually.True(() => !reader.Deliveries.IsEmpty, "it has come");
        Assert.Equal(["before"], reader.Data);
    }

    [Fact]
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

    [Fact]
    public async Task A_message_whose_time_is_over_is_not_delivered()
    {
        await using var app = await RecordingApp.StartAsync(Plain);
        app.Healthy = false;
        await using var region = await LocalRegion.StartAsync(("app", app.Address));
        await region.PublishAsync("app", "orders", "short", "text/plain", "?metadata.ttlInSeconds=1");
        await region.PublishAsync("app", "orders", "long", "text/plain");
        var published = TimeProvider.System.GetTimestamp();
        await Eventually.True(() => TimeProvider.System.GetElapsedTime(published) > TimeSpan.FromSeconds(1.1), "the first is over");

        app.Healthy = true;

        await Eventually.True(() => !app.Deliveries.IsEmpty, "one has come");
        Assert.Equal(["long"], app.Data);
    }

    [Fact]
    public async Task Raw_messages_reach_a_raw_subscriber_as_bytes()
    {
        await using var app = await RecordingApp.StartAsync("""[{"pubsubname":"pubsub","topic":"orders","route":"/orders","metadata":{"rawPayload":"true"}}]""");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "abc", "text/plain", "?metadata.rawPayload=true");

        await Eventually.True(() => !app.Deliveries.IsEmpty, "it has come");
        Assert.Equal("YWJj", app.Deliveries.First().Body["data_base64"]!.ToString());
    }

    [Fact]
    public async Task A_subscription_may_be_declared_in_yaml_for_the_apps_in_its_scope()
    {
        await using var reader = await RecordingApp.StartAsync();
        await using var other = await RecordingApp.StartAsync();
        await using var region = new LocalRegion
        {
            Declared = """
                apiVersion: dapr.io/v2alpha1
                kind: Subscription
                metadata: { name: orders }
                spec: { pubsubname: pubsub, topic: orders, routes: { rules: [ { match: 'event.type == "x"', path: /x } ], default: /other } }
                scopes: [reader]
                """,
        };
        await region.RunAsync(("reader", reader.Address), ("other", other.Address));
        await region.ReadyAsync("reader");
        await region.ReadyAsync("other");

        await region.PublishAsync("other", "orders", "{}", query: "?metadata.cloudevent.type=x");

        await Eventually.True(() => !reader.Deliveries.IsEmpty, "it has come");
        Assert.Equal("/x", reader.Deliveries.Single().Path);
        Assert.Empty(other.Deliveries);
    }

    [Fact]
    public async Task Scopes_decide_who_may_use_a_component_and_a_topic()
    {
        await using var app = await RecordingApp.StartAsync();
        await using var region = new LocalRegion
        {
            Component = """
                kind: Component
                metadata: { name: pubsub }
                spec: { type: pubsub.in-memory, metadata: [ { name: publishingScopes, value: "writer=orders" }, { name: protectedTopics, value: "orders" } ] }
                scopes: [writer, other]
                """,
        };
        await region.RunAsync(("writer", app.Address), ("other", app.Address), ("stranger", app.Address));

        Assert.Equal(204, await StatusAsync("writer", "orders"));
        Assert.Equal(403, await StatusAsync("writer", "bills"));
        Assert.Equal(403, await StatusAsync("other", "orders"));
        Assert.Equal(404, await StatusAsync("stranger", "orders"));

        async Task<int> StatusAsync(string appId, string topic) => (int)(await region.PublishAsync(appId, topic, "{}")).StatusCode;
    }

    [Fact]
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

    private static async Task<LocalRegion> StartAsync(RecordingApp app)
    {
        var region = await LocalRegion.StartAsync(("app", app.Address));
        await region.ReadyAsync("app");
        return region;
    }
}
