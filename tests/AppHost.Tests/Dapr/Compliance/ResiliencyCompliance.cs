using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

/// <summary>What the resiliency file says is done: retries, timeouts, circuit breakers. The same for every component.</summary>
public abstract class ResiliencyCompliance
{
    private const string WithDeadLetter = """
        [{"pubsubname":"pubsub","topic":"orders","route":"/orders","deadLetterTopic":"orders-dead"},
         {"pubsubname":"pubsub","topic":"orders-dead","route":"/dead"}]
        """;

    private protected abstract PubSubUnderTest PubSub { get; }

    [SkippableTheory]
    [InlineData("{ policy: constant, duration: 10ms, maxRetries: 2 }", 3)]
    [InlineData("{ policy: exponential, maxInterval: 20ms, maxRetries: 4 }", 5)]
    public async Task A_delivery_is_repeated_as_often_as_the_policy_says(string retry, int attempts)
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => (d.Path == "/orders" ? 500 : 200, "");
        await using var region = await StartAsync(app, $"retries: {{ r: {retry} }}", "retry: r");

        await region.PublishAsync("app", "orders", "never", "text/plain");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "the dead letter has come");
        Assert.Equal(attempts, app.Deliveries.Count(d => d.Path == "/orders"));
    }

    [SkippableFact]
    public async Task Without_a_policy_there_is_one_attempt()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d => (d.Path == "/orders" ? 500 : 200, "");
        await using var region = await StartAsync(app, "timeouts: { t: 30s }", "timeout: t");

        await region.PublishAsync("app", "orders", "never", "text/plain");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "the dead letter has come");
        Assert.Single(app.Deliveries, d => d.Path == "/orders");
    }

    [SkippableFact]
    public async Task An_app_that_does_not_answer_in_time_has_refused()
    {
        using var answer = new ManualResetEventSlim();
        await using var app = await RecordingApp.StartAsync(WithDeadLetter);
        app.Answer = d =>
        {
            if (d.Path == "/orders")
            {
                answer.Wait(TimeSpan.FromSeconds(30));
            }

            return (200, "");
        };
        await using var region = await StartAsync(app, "timeouts: { t: 200ms }", "timeout: t");

        await region.PublishAsync("app", "orders", "slow", "text/plain");

        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "the dead letter has come");
        answer.Set();
    }

    [SkippableFact]
    public async Task While_the_circuit_breaker_is_open_the_app_is_left_alone()
    {
        await using var app = await RecordingApp.StartAsync(WithDeadLetter.Replace("/dead\"}", "/dead\"},{\"pubsubname\":\"pubsub\",\"topic\":\"other\",\"route\":\"/other\"}", StringComparison.Ordinal));
        app.Answer = d => (d.Path == "/orders" ? 500 : 200, "");
        await using var region = await StartAsync(
            app,
            "retries: { r: { policy: constant, duration: 10ms, maxRetries: 20 } }, circuitBreakers: { b: { trip: consecutiveFailures >= 3, timeout: 1s } }",
            "retry: r, circuitBreaker: b");

        await region.PublishAsync("app", "orders", "first", "text/plain");
        await Eventually.True(() => app.Deliveries.Count(d => d.Path == "/orders") >= 3, "it has failed three times");
        await Eventually.True(() => app.Deliveries.Any(d => d.Path == "/dead"), "what was refused meanwhile is a dead letter, once deliveries are tried again");

        Assert.Equal(3, app.Deliveries.TakeWhile(d => d.Path == "/orders").Count());
        await region.PublishAsync("app", "other", "later", "text/plain");
        await Eventually.True(() => app.Data.Contains("later"), "it is closed again");
    }

    private async Task<LocalRegion> StartAsync(RecordingApp app, string policies, string inbound)
    {
        var region = new LocalRegion(PubSub)
        {
            Resiliency = $$"""
                kind: Resiliency
                metadata: { name: declared }
                spec:
                  policies: { {{policies}} }
                  targets: { components: { pubsub: { inbound: { {{inbound}} } } } }
                """,
        };
        await region.RunAsync(("app", app.Address));
        await region.ReadyAsync("app");
        return region;
    }
}
