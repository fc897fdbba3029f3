using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.Messaging.Tests;

/// <summary>One trace leads from the work that published an event, over its publishing, to its effect in another service.</summary>
public sealed class TracingTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new();
    private readonly ActivitySource _test = new("test." + nameof(TracingTests));
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private SidecarDouble _sidecar = null!;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessagingTelemetry.Name || source == _test,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async Task InitializeAsync()
    {
        _sidecar = await SidecarDouble.StartAsync();
        await _service.StartAsync(_sidecar);
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        _test.Dispose();
        await _service.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    [Fact]
    public async Task The_effect_is_a_child_of_the_publishing_and_that_of_the_work()
    {
        using var work = _test.StartActivity("work")!;
        work.TraceStateString = "region=saar";
        await _service.PublishAsync(("a1", 1));
        work.Stop();
        await Eventually.True(() => !_sidecar.Received.IsEmpty, "the event was sent");
        var sent = _sidecar.Received.Single();
        var publishing = await EndedAsync("publish catalog.data-assets", work.TraceId);

        await _service.DeliverAsync(JsonNode.Parse(sent.Event.GetRawText())!.AsObject());

        var effect = await EndedAsync("process catalog.data-assets", work.TraceId);
        Assert.Equal((work.SpanId, ActivityKind.Producer), (publishing.ParentSpanId, publishing.Kind));
        Assert.Equal((publishing.SpanId, ActivityKind.Consumer), (effect.ParentSpanId, effect.Kind));
        Assert.Equal(publishing.Id, sent.Text("traceparent"));
        Assert.Equal("region=saar", sent.Text("tracestate"));
        Assert.Equal("region=saar", effect.TraceStateString);
    }

    [Fact]
    public async Task A_failed_effect_shows_on_its_span_without_what_the_event_carries()
    {
        var trace = ActivityTraceId.CreateRandom();
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope["traceparent"] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";
        envelope["data"]!["dataAsset"]!["title"] = new JsonObject { ["de"] = "Erika Mustermann" };
        ((Faults)_service.Services.GetService(typeof(Faults))!).Next = _ => new InvalidOperationException("Erika Mustermann");

        await _service.DeliverAsync(envelope);

        var effect = await EndedAsync("process catalog.data-assets", trace);
        Assert.Equal(ActivityStatusCode.Error, effect.Status);
        Assert.DoesNotContain(
            effect.TagObjects.Select(tag => tag.Value?.ToString()).Append(effect.StatusDescription).Concat(effect.Events.Select(happened => happened.Name)),
            text => text?.Contains("Mustermann", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_broken_trace_stops_no_event()
    {
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope["traceparent"] = "broken";

        Assert.Equal("SUCCESS", await _service.DeliverAsync(envelope));
    }

    private Task<Activity> EndedAsync(string name, ActivityTraceId trace) => Eventually.Find(
        () => Task.FromResult(_ended.FirstOrDefault(activity => activity.OperationName == name && activity.TraceId == trace)), $"the span '{name}' has ended");
}
