using Ecosystem.Storage;
using Ecosystem.Testing;

namespace Ecosystem.Messaging.Tests;

/// <summary>No room on the disk: events wait, none is blamed for it, and everything goes on by itself when there is room again.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new();
    private SidecarDouble _sidecar = null!;

    public async Task InitializeAsync()
    {
        _sidecar = await SidecarDouble.StartAsync();
        await _service.StartAsync(_sidecar);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_saved_is_refused_and_not_sent()
    {
        _service.Disk.IsFull = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _service.PublishAsync(("a1", 1)));
        _service.Disk.IsFull = false;
        await _service.PublishAsync(("a1", 2));
        await EmptyAsync();

        Assert.Equal(["2"], _sidecar.Received.Select(sent => sent.Event.GetProperty("data").GetProperty("version").GetString()));
    }

    [Fact]
    public async Task What_was_sent_and_could_not_be_forgotten_is_sent_again_with_the_same_identifier_and_then_forgotten()
    {
        _sidecar.OnReceived = _ => _service.Disk.IsFull = true; // the broker has it, and there is no room to say so
        await _service.PublishAsync(("a1", 1));
        await Eventually.True(() => _service.Logs.Lines.Any(line => line.Contains("no room", StringComparison.Ordinal)), "the relay has tried");
        Assert.Equal(1, (await _service.OutboxAsync()).Count);

        _sidecar.OnReceived = _ => { };
        _service.Disk.IsFull = false;
        await EmptyAsync();

        Assert.Single(_sidecar.Received.Select(sent => sent.Text("id")).Distinct());
    }

    [Fact]
    public async Task A_consumer_takes_nothing_parks_nothing_and_applies_once_when_there_is_room()
    {
        var (one, other) = (ServiceUnderTest.Envelope("e1", "a1"), ServiceUnderTest.Envelope("e2", "a2"));
        _service.Disk.IsFull = true;
        for (var delivery = 0; delivery < 2 * FailurePolicy.Default.Deliveries; delivery++)
        {
            Assert.Equal("RETRY", await _service.DeliverAsync(one));
            Assert.Equal(["RETRY", "RETRY"], await _service.DeliverBulkAsync(one, other));
        }

        _service.Disk.IsFull = false;

        Assert.Equal(["SUCCESS", "SUCCESS"], await _service.DeliverBulkAsync(one, other));
        Assert.Equal((1, 1), ((await _service.SeenAsync("a1"))!.Applied, (await _service.SeenAsync("a2"))!.Applied));
        var backlog = await _service.CallAsync(HttpMethod.Get, "/messaging/v1/backlog");
        Assert.Equal(("0", "0"), (backlog.GetProperty("parkedEvents").GetString(), backlog.GetProperty("retryingEvents").GetString()));
    }

    [Fact]
    public async Task What_the_sidecar_gave_up_meanwhile_is_neither_lost_nor_parked()
    {
        var @event = ServiceUnderTest.Envelope("e1", "a1").ToJsonString();
        _service.Disk.IsFull = true;
        using (var refused = await _service.PostAsync("/events/dead", @event))
            Assert.Equal("""{"status":"RETRY"}""", await refused.Content.ReadAsStringAsync());

        _service.Disk.IsFull = false;
        using var taken = await _service.PostAsync("/events/dead", @event);

        Assert.Equal("""{"status":"SUCCESS"}""", await taken.Content.ReadAsStringAsync());
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }

    private Task EmptyAsync() => Eventually.True(async () => (await _service.OutboxAsync()).Count == 0, "the outbox is empty");
}
