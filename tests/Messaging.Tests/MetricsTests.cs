using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class MetricsTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new() { Time = new ManualTime() };
    private readonly ConcurrentDictionary<string, double> _values = new();
    private readonly MeterListener _listener = new();

    private ManualTime Time => (ManualTime)_service.Time;

    public async Task InitializeAsync()
    {
        await _service.StartAsync(); // with a sidecar that nobody answers
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MessagingTelemetry.Name && instrument.Meter.Scope == _service.Services.GetRequiredService<IMeterFactory>())
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task While_nothing_can_be_sent_backlog_and_age_grow()
    {
        var published = Time.GetUtcNow();
        await _service.PublishAsync(("a1", 1), ("a2", 1));
        await SeenAsync("ecosystem.outbox.backlog", 2);

        Time.Advance(TimeSpan.FromMinutes(5));

        _listener.RecordObservableInstruments();
        Assert.Equal((Time.GetUtcNow() - published).TotalSeconds, Value("ecosystem.outbox.age"));
        Assert.True(Value("ecosystem.outbox.age") >= 300, "It counts from the publishing on.");
    }

    [Fact]
    public async Task What_is_sent_is_counted_and_the_backlog_is_gone()
    {
        await using var sidecar = await SidecarDouble.StartAsync();
        await _service.StopAsync();
        await _service.StartAsync(sidecar);
        _listener.Start();
        await _service.PublishAsync(("a1", 1), ("a2", 1));

        await Eventually.True(() => Value("ecosystem.outbox.sent:catalog.data-assets") == 2, "both are counted");
        await SeenAsync("ecosystem.outbox.backlog", 0);
        Assert.Equal(0, Value("ecosystem.outbox.age"));
    }

    [Fact]
    public async Task The_time_from_publishing_to_the_effect_is_measured()
    {
        var envelope = ServiceUnderTest.Envelope("e1", "a1"); // published at 12:00
        Time.Advance(TimeSpan.FromSeconds(90));

        await _service.DeliverAsync(envelope);
        await _service.DeliverAsync(envelope);

        Assert.Equal(90, Value("ecosystem.inbox.lag:ecosystem.catalog.events.v1.DataAssetPublished"));
        Assert.Equal(1, Value("ecosystem.inbox.received:ecosystem.catalog.events.v1.DataAssetPublished:Applied"));
        Assert.Equal(1, Value("ecosystem.inbox.received:ecosystem.catalog.events.v1.DataAssetPublished:Repeated"));
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_makes_neither_lag_nor_age_negative()
    {
        await _service.PublishAsync(("a1", 1));
        await SeenAsync("ecosystem.outbox.backlog", 1);
        Time.Set(Time.GetUtcNow().AddHours(-1));

        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));
        _listener.RecordObservableInstruments();

        Assert.Equal((0, 0), (Value("ecosystem.outbox.age"), Value("ecosystem.inbox.lag:ecosystem.catalog.events.v1.DataAssetPublished")));
    }

    private Task SeenAsync(string metric, double value) => Eventually.True(() =>
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        _listener.RecordObservableInstruments();
        return Value(metric) == value;
    }, $"{metric} is {value}");

    private double Value(string metric) => _values.GetValueOrDefault(metric, double.NaN);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags)
            name += ":" + tag.Value;
        _values.AddOrUpdate(name, value, (_, before) => instrument is Counter<long> ? before + value : value);
    }
}
