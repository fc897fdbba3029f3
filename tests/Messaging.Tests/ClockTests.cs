using Ecosystem.Testing;

namespace Ecosystem.Messaging.Tests;

/// <summary>The calendar of the machine jumps, in both directions; events are neither held up nor repeated nor forgotten too early.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly SetBackClock _clock = new();
    private readonly ServiceUnderTest _service;
    private SidecarDouble _sidecar = null!;

    public ClockTests() => _service = new ServiceUnderTest { Time = _clock };

    public async Task InitializeAsync() => _sidecar = await SidecarDouble.StartAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task The_relay_sends_on_in_order_and_its_identifiers_still_grow(int days)
    {
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync(("a1", 1), ("a1", 2));
        await EmptyAsync();

        _clock.Offset = TimeSpan.FromDays(days);
        await _service.PublishAsync(("a1", 3), ("a1", 4));
        await EmptyAsync();

        var ids = _sidecar.Received.Select(sent => sent.Text("id")).ToList();
        Assert.Equal(4, ids.Count);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task A_refused_event_does_not_wait_longer_because_the_clock_went_back()
    {
        _sidecar.Refuses = _ => true;
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync(("a1", 1));
        await Eventually.True(() => _service.Logs.Lines.Any(line => line.Contains("refused", StringComparison.Ordinal)), "it was refused");

        _clock.Offset = TimeSpan.FromDays(-1);
        _sidecar.Refuses = _ => false;
        await EmptyAsync();

        Assert.Single(_sidecar.Received);
    }

    [Fact]
    public async Task The_back_off_of_an_unreachable_sidecar_goes_on()
    {
        var port = _sidecar.Address.Port;
        await _service.StartAsync(_sidecar);
        await _sidecar.DisposeAsync();
        await _service.PublishAsync(("a1", 1));
        await Eventually.True(() => _service.Logs.Lines.Any(line => line.Contains("wait in the outbox", StringComparison.Ordinal)), "the relay has tried");

        _clock.Offset = TimeSpan.FromDays(-1);
        _sidecar = await SidecarDouble.StartAsync(port);
        await EmptyAsync();

        Assert.Single(_sidecar.Received);
    }

    [Fact]
    public async Task What_was_received_is_still_known_after_the_clock_went_back()
    {
        await _service.StartAsync(_sidecar);
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));

        _clock.Offset = TimeSpan.FromDays(-30);
        await _service.StopAsync(); // retention looks at every start
        await _service.StartAsync(_sidecar);
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));

        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }

    private Task EmptyAsync() => Eventually.True(async () => (await _service.OutboxAsync()).Count == 0, "the outbox is empty");
}
