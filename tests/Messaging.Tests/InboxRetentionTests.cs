using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class InboxRetentionTests : IAsyncLifetime
{
    private static readonly EventKey Received = new("/ecosystem/saar/catalog", "e1");

    private readonly ServiceUnderTest _service = new() { Time = new ManualTime() };

    private ManualTime Time => (ManualTime)_service.Time;

    private IInbox Inbox => _service.Services.GetRequiredService<IInbox>();

    public async Task InitializeAsync()
    {
        _service.Settings["Messaging:InboxRetention"] = "2.00:00:00";
        await _service.StartAsync();
        await _service.DeliverAsync(ServiceUnderTest.Envelope(Received.Id, "a1"));
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task An_event_is_remembered_for_as_long_as_declared_and_then_forgotten()
    {
        Time.Advance(TimeSpan.FromHours(47));
        Assert.True(await Inbox.ContainsAsync(Received, default));

        await Eventually.True(async () =>
        {
            Time.Advance(TimeSpan.FromHours(1)); // each tick may find the one before at work
            return !await Inbox.ContainsAsync(Received, default);
        }, "it is forgotten");
        Assert.True(Time.GetUtcNow() >= new ManualTime().GetUtcNow().AddDays(2), "It was forgotten too early.");
    }

    [Fact]
    public async Task A_late_repetition_within_the_time_changes_nothing()
    {
        Time.Advance(TimeSpan.FromHours(40));

        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope(Received.Id, "a1")));
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }
}
