using Ecosystem.Catalog.Events.V1;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class ImmediateRetryTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new()
    {
        Time = new ManualTime(),
        Handlers = messaging => messaging.On<DataAssetPublished, RememberAsset>(new FailurePolicy(ImmediateRetries: 2, TimeSpan.FromMinutes(1), Deliveries: 9)),
    };

    private int _attempts;

    public async Task InitializeAsync()
    {
        await _service.StartAsync();
        _service.Services.GetRequiredService<Faults>().Next = _ =>
        {
            Interlocked.Increment(ref _attempts);
            return new InvalidOperationException("always");
        };
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_pause_before_each_retry_is_the_declared_one_and_doubles()
    {
        var time = (ManualTime)_service.Time;
        var delivery = _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));
        foreach (var pause in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)])
        {
            await Eventually.True(() => time.IsAwaited(pause), $"the retry after {pause} is due");
            time.Advance(pause);
        }

        Assert.Equal("RETRY", await delivery);
        Assert.Equal(3, _attempts);
    }
}
