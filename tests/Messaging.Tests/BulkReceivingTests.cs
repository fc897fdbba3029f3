using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Ecosystem.Catalog.Events.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class BulkReceivingTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new()
    {
        Handlers = messaging => messaging.On<DataAssetPublished, RememberAsset>(new FailurePolicy(ImmediateRetries: 0, TimeSpan.Zero, Deliveries: 2)),
    };

    private Faults Faults => _service.Services.GetRequiredService<Faults>();

    public Task InitializeAsync() => _service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Events_of_different_subjects_are_applied_in_one_transaction()
    {
        var statuses = await _service.DeliverBulkAsync(Event("e1", "a1"), Event("e2", "a2"), Event("e3", "a3"));

        Assert.All(statuses, status => Assert.Equal("SUCCESS", status));
        Assert.Single(new HashSet<string?> { await _service.EtagAsync("a1"), await _service.EtagAsync("a2"), await _service.EtagAsync("a3") });
        Assert.Equal(3, (await _service.OutboxAsync()).Count); // what the handlers published is in it
    }

    [Fact]
    public async Task Events_of_one_subject_are_applied_in_their_order()
    {
        await _service.DeliverBulkAsync([.. Enumerable.Range(1, 5).Select(version => Event($"e{version}", "a1", version))]);

        Assert.Equal(new SeenAsset("a1", 5, 5), await _service.SeenAsync("a1"));
    }

    [Fact]
    public async Task A_failing_event_affects_itself_and_the_later_events_of_its_subject_only()
    {
        Faults.Next = @event => @event.DataAsset.Id == "poison" && @event.Version == 2 ? new InvalidOperationException("no such area") : null;
        JsonNode[] batch = [Event("e1", "a1"), Event("p1", "poison", 1), Event("p2", "poison", 2), Event("p3", "poison", 3), Event("e2", "a2")];

        Assert.Equal(["SUCCESS", "SUCCESS", "RETRY", "RETRY", "SUCCESS"], await _service.DeliverBulkAsync(batch));
        Assert.Equal(new SeenAsset("poison", 1, 1), await _service.SeenAsync("poison"));
        Assert.Equal((1, 1), ((await _service.SeenAsync("a1"))!.Applied, (await _service.SeenAsync("a2"))!.Applied));

        // Delivered as often as declared, it is parked, and what was held back behind it passes.
        Assert.Equal(["SUCCESS", "SUCCESS"], await _service.DeliverBulkAsync(batch[2], batch[3]));
        Assert.Equal(new SeenAsset("poison", 3, 2), await _service.SeenAsync("poison"));
    }

    [Fact]
    public async Task A_failing_event_in_a_large_batch_leaves_all_others_applied_once()
    {
        Faults.Next = @event => @event.DataAsset.Id == "a7" ? new InvalidOperationException("no such area") : null;

        var statuses = await _service.DeliverBulkAsync([.. Enumerable.Range(0, 100).Select(i => Event($"e{i}", $"a{i}"))]);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => i == 7 ? "RETRY" : "SUCCESS"), statuses);
        for (var i = 0; i < 100; i++)
            Assert.Equal(i == 7 ? null : new SeenAsset($"a{i}", 1, 1), await _service.SeenAsync($"a{i}"));
    }

    [Fact]
    public async Task Handlers_of_different_subjects_that_change_one_document_all_take_effect()
    {
        await using var service = new ServiceUnderTest { Handlers = messaging => messaging.On<DataAssetPublished, CountAssets>() };
        await service.StartAsync();

        var statuses = await service.DeliverBulkAsync([.. Enumerable.Range(0, 100).Select(i => Event($"e{i}", $"a{i}"))]);

        Assert.All(statuses, status => Assert.Equal("SUCCESS", status));
        Assert.Equal(100, (await service.SeenAsync("all"))!.Applied);
    }

    private sealed class CountAssets : IEventHandler<DataAssetPublished>
    {
        public async Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct)
        {
            var seen = await context.Session.LoadAsync<SeenAsset>("all", ct) ?? new SeenAsset("all", 0, 0);
            context.Session.Store(seen with { Applied = seen.Applied + 1 });
        }
    }

    [Fact]
    public async Task What_was_held_back_is_not_counted_as_failed()
    {
        Faults.Next = @event => @event.Version == 1 ? new InvalidOperationException("not yet") : null;
        await _service.DeliverBulkAsync(Event("e1", "a1", 1), Event("e2", "a1", 2));

        var backlog = await _service.CallAsync(HttpMethod.Get, "/messaging/v1/backlog");

        Assert.Equal("1", backlog.GetProperty("retryingEvents").GetString());
    }

    [Fact]
    public async Task An_event_that_is_repeated_within_or_after_a_batch_is_applied_once()
    {
        await _service.DeliverBulkAsync(Event("e1", "a1"), Event("e1", "a1"), Event("e2", "a2"));
        var statuses = await _service.DeliverBulkAsync(Event("e2", "a2"), Event("e3", "a3"), Event("e1", "a1"));

        Assert.Equal(["SUCCESS", "SUCCESS", "SUCCESS"], statuses);
        foreach (var asset in (string[])["a1", "a2", "a3"])
            Assert.Equal(1, (await _service.SeenAsync(asset))!.Applied);
    }

    [Fact]
    public async Task Batches_that_overlap_and_arrive_at_once_apply_every_event_once()
    {
        JsonNode[] batch = [.. Enumerable.Range(0, 20).Select(i => Event($"e{i}", $"a{i}"))];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _service.DeliverBulkAsync(batch)));
        Assert.All(await _service.DeliverBulkAsync(batch), status => Assert.Equal("SUCCESS", status));

        for (var i = 0; i < 20; i++)
            Assert.Equal(1, (await _service.SeenAsync($"a{i}"))!.Applied);
    }

    [Fact]
    public async Task What_is_no_event_is_dropped_and_what_nobody_applies_is_acknowledged_and_the_others_pass()
    {
        var other = Event("e2", "a2");
        other["type"] = "ecosystem.catalog.events.v1.OfferAttached";
        var damaged = Event("e3", "a3");
        damaged["data"]!["version"] = "many";

        var statuses = await _service.DeliverBulkAsync(Event("e1", "a1"), other, damaged, new JsonObject { ["id"] = "x" }, JsonValue.Create(5), Event("e4", "a4"));

        Assert.Equal(["SUCCESS", "SUCCESS", "DROP", "DROP", "DROP", "SUCCESS"], statuses);
        Assert.Equal(1, (await _service.SeenAsync("a4"))!.Applied);
    }

    [Fact]
    public async Task Events_without_subject_have_no_order_to_keep()
    {
        var (one, other) = (Event("e1", "a1"), Event("e2", "a2"));
        one.Remove("subject");
        other.Remove("subject");

        await _service.DeliverBulkAsync(one, other);

        Assert.Equal(await _service.EtagAsync("a1"), await _service.EtagAsync("a2"));
    }

    [Fact]
    public async Task Each_event_of_a_batch_goes_on_in_the_trace_of_its_own_publisher()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessagingTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var traces = Enumerable.Range(0, 3).Select(_ => ActivityTraceId.CreateRandom()).ToList();

        await _service.DeliverBulkAsync([.. traces.Select((trace, i) =>
        {
            var @event = Event($"e{i}", $"a{i}");
            @event["traceparent"] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";
            return @event;
        })]);

        Assert.All(traces, trace => Assert.Single(ended, span => span.OperationName == "process catalog.data-assets" && span.TraceId == trace));
    }

    [Fact]
    public async Task A_batch_may_be_larger_than_requests_usually_are()
    {
        var large = Event("large", "a0");
        large["data"]!["dataAsset"]!["description"] = new JsonObject { ["values"] = new JsonObject { ["de"] = new string('x', 3_000_000) } };

        var statuses = await _service.DeliverBulkAsync([.. Enumerable.Range(0, 12).Select(i =>
        {
            var @event = large.DeepClone();
            @event["id"] = $"e{i}";
            return @event;
        })]);

        Assert.All(statuses, status => Assert.Equal("SUCCESS", status)); // 36 MB
    }

    private static JsonObject Event(string id, string asset, int version = 1) => ServiceUnderTest.Envelope(id, asset, version);
}
