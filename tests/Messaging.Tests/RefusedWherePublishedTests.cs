using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Messaging.Tests;

/// <summary>What could never be sent is refused at once, to the one who publishes it; the outbox never holds it.</summary>
public sealed class RefusedWherePublishedTests : IAsyncLifetime
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
    public async Task A_message_that_is_no_event()
    {
        await using var session = _service.OpenSession();

        var refusal = Assert.Throws<InvalidOperationException>(() => session.Publish(new Api(), "s"));

        Assert.Contains("google.protobuf.Api is no event", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_ten_megabytes_and_the_next_one_passes()
    {
        await using (var session = _service.OpenSession())
        {
            session.Store(new SeenAsset("large", 1, 1));
            var refusal = Assert.Throws<EventTooLargeException>(() => session.Publish(WithText(10_000_000), "large"));

            Assert.Equal(3 * 1024 * 1024, refusal.Largest);
            Assert.Contains("ecosystem.catalog.events.v1.DataAssetPublished has 10000", refusal.Message, StringComparison.Ordinal);
        }

        await _service.PublishAsync(("large", 2));
        await Eventually.True(async () => (await _service.OutboxAsync()).Count == 0, "the outbox is empty");
        Assert.Equal(["2"], _sidecar.Received.Select(sent => sent.Event.GetProperty("data").GetProperty("version").GetString()));
        Assert.Null(await _service.SeenAsync("large"));
    }

    [Fact]
    public async Task The_largest_event_that_is_not_refused_is_sent()
    {
        await using (var session = _service.OpenSession())
        {
            session.Publish(WithText((3 * 1024 * 1024) - 100), "large");
            await session.SaveChangesAsync();
        }

        await Eventually.True(() => _sidecar.Received.Count == 1, "it was sent");
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("half \ud800 a character")]
    public async Task A_subject_that_is_no_text_of_CloudEvents(string subject)
    {
        await using var session = _service.OpenSession();

        Assert.Throws<ArgumentException>(() => session.Publish(new DataAssetPublished(), subject));
        Assert.Throws<ArgumentException>(() => session.Publish(new DataAssetPublished(), new string('s', 1025)));
    }

    [Theory]
    [InlineData("REGION", "am Rhein", "no URI reference")]
    [InlineData("Messaging:LargestEvent", "10", "at least 1024")]
    public async Task Settings_that_make_no_CloudEvent(string setting, string value, string reason)
    {
        await using var service = new ServiceUnderTest();
        service.Settings[setting] = value;

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => service.StartAsync());

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static DataAssetPublished WithText(int bytes) => new()
    {
        DataAsset = new DataAsset { Id = "large", Description = new LocalizedText { Values = { ["de"] = new string('x', bytes) } } },
        Version = 1,
    };
}
