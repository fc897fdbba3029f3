using Ecosystem.Catalog.Events.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class PublishingTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new();
    private SidecarDouble _sidecar = null!;

    public async Task InitializeAsync() => _sidecar = await SidecarDouble.StartAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    [Fact]
    public async Task An_event_reaches_the_sidecar_as_a_cloud_event()
    {
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync(("a1", 7));

        var sent = await FirstAsync();

        Assert.Equal(("pubsub", "catalog.data-assets", "sidecar-token-of-the-test"), (sent.PubSub, sent.Topic, sent.Token));
        Assert.StartsWith("application/cloudevents+json", sent.ContentType, StringComparison.Ordinal);
        Assert.Equal("1.0", sent.Text("specversion"));
        Assert.Equal("/ecosystem/saar/matching", sent.Text("source"));
        Assert.Equal("ecosystem.catalog.events.v1.DataAssetPublished", sent.Text("type"));
        Assert.Equal("a1", sent.Text("subject"));
        Assert.Equal("application/json", sent.Text("datacontenttype"));
        Assert.Equal('7', sent.Text("id")[14]); // UUID version 7
        Assert.True(sent.Event.GetProperty("time").TryGetDateTimeOffset(out _));
        Assert.Equal("a1", sent.Event.GetProperty("data").GetProperty("dataAsset").GetProperty("id").GetString());
        Assert.Equal("7", sent.Event.GetProperty("data").GetProperty("version").GetString());
        await EmptyAsync();
    }

    [Fact]
    public async Task Events_of_one_subject_arrive_once_and_in_order()
    {
        await _service.StartAsync(_sidecar);
        for (var version = 1; version <= 40; version++)
            await _service.PublishAsync([.. Enumerable.Range(0, 10).Select(asset => ($"a{asset}", version))]);
        await EmptyAsync();

        Assert.Equal(400, _sidecar.Received.Count);
        Assert.All(_sidecar.Received.GroupBy(sent => sent.Text("subject")), subject =>
            Assert.Equal(Enumerable.Range(1, 40), subject.Select(Version)));
    }

    [Fact]
    public async Task A_failure_that_nobody_thought_of_is_logged_and_ends_no_relay()
    {
        _service.Disk.Surprises = 6; // several for each of the two that send
        await _service.StartAsync(_sidecar);
        await Eventually.True(() => _service.Disk.Surprises == 0, "the relay goes on after each of them");
        await _service.PublishAsync(("a1", 1));

        await EmptyAsync();

        Assert.Contains(_service.Logs.Lines, line => line.StartsWith("Error: Events wait in the outbox", StringComparison.Ordinal) && line.Contains("A surprise.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_not_saved_is_not_sent()
    {
        await _service.StartAsync(_sidecar);
        await using (var session = _service.OpenSession())
        {
            session.Publish(new DataAssetPublished(), "never");
        }

        await _service.PublishAsync(("a1", 1));
        await EmptyAsync();

        Assert.Equal(["a1"], _sidecar.Received.Select(sent => sent.Text("subject")));
    }

    [Fact]
    public async Task While_the_sidecar_is_away_events_wait_and_then_drain_in_order()
    {
        var port = _sidecar.Address.Port;
        await _service.StartAsync(_sidecar);
        await _sidecar.DisposeAsync();
        for (var version = 1; version <= 5; version++)
            await _service.PublishAsync(("a1", version));
        await Eventually.True(() => _service.Logs.Lines.Any(line => line.Contains("wait in the outbox", StringComparison.Ordinal)), "the relay has tried");
        Assert.Equal(5, (await _service.OutboxAsync()).Count);

        _sidecar = await SidecarDouble.StartAsync(port);
        await EmptyAsync();

        Assert.Equal([1, 2, 3, 4, 5], _sidecar.Received.Select(Version));
    }

    [Fact]
    public async Task A_broker_that_refuses_everything_loses_nothing()
    {
        _sidecar.Refuses = _ => true;
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync([.. Enumerable.Range(0, 10).Select(i => ($"a{i}", 1))]);
        await Eventually.True(() => _service.Logs.Lines.Any(line => line.Contains("refused", StringComparison.Ordinal)), "the broker has refused");

        _sidecar.Refuses = _ => false;
        await EmptyAsync();

        Assert.Equal(10, _sidecar.Received.Select(sent => sent.Text("subject")).Distinct().Count());
    }

    [Fact]
    public async Task A_refused_event_holds_back_its_own_subject_only()
    {
        _sidecar.Refuses = json => json.GetProperty("subject").GetString() == "poison";
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync(("poison", 1), ("a1", 1), ("poison", 2), ("a2", 1), ("a1", 2));
        await Eventually.True(async () => (await _service.OutboxAsync()).Count == 2, "all but the poison have left");

        _sidecar.Refuses = _ => false;
        await EmptyAsync();

        Assert.Equal([1, 2], _sidecar.Received.Where(sent => sent.Text("subject") == "poison").Select(Version));
        Assert.Equal(5, _sidecar.Received.Count);
    }

    [Fact]
    public async Task Events_left_by_a_process_that_died_are_sent_by_the_next()
    {
        await _service.StartAsync();
        await _service.PublishAsync(("a1", 1), ("a1", 2));
        await _service.StopAsync();

        await _service.StartAsync(_sidecar);
        await EmptyAsync();

        Assert.Equal([1, 2], _sidecar.Received.Select(Version));
    }

    [Fact]
    public async Task Two_relays_send_every_event_once()
    {
        await _service.StartAsync(_sidecar);
        await using var second = ActivatorUtilities.CreateInstance<OutboxBatchOwner>(_service.Services).Start();
        for (var i = 0; i < 50; i++)
            await _service.PublishAsync([.. Enumerable.Range(0, 5).Select(asset => ($"a{asset}", i))]);
        await EmptyAsync();

        Assert.Equal(250, _sidecar.Received.Select(sent => sent.Text("id")).Distinct().Count());
        Assert.Equal(250, _sidecar.Received.Count);
    }

    private static int Version(SidecarDouble.Sent sent) =>
        int.Parse(sent.Event.GetProperty("data").GetProperty("version").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<SidecarDouble.Sent> FirstAsync()
    {
        await Eventually.True(() => !_sidecar.Received.IsEmpty, "an event has arrived");
        return _sidecar.Received.First();
    }

    private Task EmptyAsync() => Eventually.True(async () => (await _service.OutboxAsync()).Count == 0, "the outbox is empty");

    /// <summary>A second replica's relay on the same outbox.</summary>
    private sealed class OutboxBatchOwner(IServiceProvider services) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public OutboxBatchOwner Start()
        {
            var batch = ActivatorUtilities.CreateInstance<OutboxBatch>(services);
            _running = Task.Run(async () =>
            {
                while (!_stop.IsCancellationRequested)
                {
                    await batch.SendAsync(CancellationToken.None);
                    await Task.Yield();
                }
            });
            return this;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }
}
