using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

/// <summary>Who gets what where: programmatic and declared subscriptions, rules, batches, scopes. The same for every component.</summary>
public abstract class SubscriptionCompliance
{
    private const string Plain = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""";

    private protected abstract PubSubUnderTest PubSub { get; }

    [SkippableFact]
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

    [SkippableFact]
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

    [SkippableFact]
    public async Task Bulk_subscribers_get_batches_and_only_what_failed_again()
    {
        await using var app = await RecordingApp.StartAsync("""
            [{"pubsubname":"pubsub","topic":"orders","route":"/orders","bulkSubscribe":{"enabled":true,"maxMessagesCount":10,"maxAwaitDurationMs":500}}]
            """);
        app.Healthy = false;
        app.Answer = d => (200, app.Deliveries.Count == 1 ? Statuses(Entries(d).Take(2)) : Statuses(Entries(d)));
        await using var region = await LocalRegion.StartAsync(PubSub, ("app", app.Address));
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

    [SkippableFact]
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

    [SkippableFact]
    public async Task Raw_messages_reach_a_raw_subscriber_as_bytes()
    {
        await using var app = await RecordingApp.StartAsync("""[{"pubsubname":"pubsub","topic":"orders","route":"/orders","metadata":{"rawPayload":"true"}}]""");
        await using var region = await StartAsync(app);

        await region.PublishAsync("app", "orders", "abc", "text/plain", "?metadata.rawPayload=true");

        await Eventually.True(() => !app.Deliveries.IsEmpty, "it has come");
        Assert.Equal("YWJj", app.Deliveries.First().Body["data_base64"]!.ToString());
    }

    [SkippableFact]
    public async Task A_subscription_may_be_declared_in_yaml_for_the_apps_in_its_scope()
    {
        await using var reader = await RecordingApp.StartAsync();
        await using var other = await RecordingApp.StartAsync();
        await using var region = new LocalRegion(PubSub)
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

    [SkippableFact]
    public async Task Scopes_decide_who_may_use_a_component_and_a_topic()
    {
        await using var app = await RecordingApp.StartAsync();
        await using var region = new LocalRegion(PubSub)
        {
            Component = PubSub.Declare(["writer", "other"], ("publishingScopes", "writer=orders"), ("protectedTopics", "orders")),
        };
        await region.RunAsync(("writer", app.Address), ("other", app.Address), ("stranger", app.Address));

        Assert.Equal(204, await StatusAsync("writer", "orders"));
        Assert.Equal(403, await StatusAsync("writer", "bills"));
        Assert.Equal(403, await StatusAsync("other", "orders"));
        Assert.Equal(404, await StatusAsync("stranger", "orders"));

        async Task<int> StatusAsync(string appId, string topic) => (int)(await region.PublishAsync(appId, topic, "{}")).StatusCode;
    }

    [SkippableFact]
    public async Task An_app_gets_nothing_of_a_topic_that_its_scope_does_not_name()
    {
        const string both = """[{"pubsubname":"pubsub","topic":"orders","route":"/orders"},{"pubsubname":"pubsub","topic":"bills","route":"/bills"}]""";
        await using var app = await RecordingApp.StartAsync(both);
        await using var region = new LocalRegion(PubSub) { Component = PubSub.Declare(more: ("subscriptionScopes", "app=bills")) };
        await region.RunAsync(("app", app.Address));
        await region.ReadyAsync("app");

        await region.PublishAsync("app", "orders", "hidden", "text/plain");
        await region.PublishAsync("app", "bills", "shown", "text/plain");

        await Eventually.True(() => app.Data.Contains("shown"), "the allowed one has come");
        Assert.Equal(["shown"], app.Data);
    }

    private async Task<LocalRegion> StartAsync(RecordingApp app)
    {
        var region = await LocalRegion.StartAsync(PubSub, ("app", app.Address));
        await region.ReadyAsync("app");
        return region;
    }
}
