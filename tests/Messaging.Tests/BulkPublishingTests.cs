using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;

namespace Ecosystem.Messaging.Tests;

public sealed class BulkPublishingTests : IAsyncLifetime
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
    public async Task Events_of_many_subjects_leave_in_one_request()
    {
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync([.. Enumerable.Range(0, 100).Select(i => ($"a{i}", 1))]);
        await EmptyAsync();

        Assert.Equal([100], _sidecar.Requests);
    }

    [Fact]
    public async Task Large_events_travel_in_requests_the_sidecar_takes()
    {
        _service.Settings["Messaging:LargestEvent"] = "20000";
        var largest = 0;
        _sidecar.RefusesBulk = entries => (largest = Math.Max(largest, entries.GetRawText().Length)) > 20_000;
        await _service.StartAsync(_sidecar);
        await PublishAsync(subjects: 12, bytes: 5_000);
        await EmptyAsync();

        Assert.Equal(12, _sidecar.Received.Count);
        Assert.Equal([3, 3, 3, 3], _sidecar.Requests);
        Assert.InRange(largest, 15_000, 20_000);
    }

    [Fact]
    public async Task A_request_refused_as_a_whole_shows_one_by_one_whose_fault_it_is()
    {
        static bool IsPoison(System.Text.Json.JsonElement json) => json.GetProperty("subject").GetString() == "poison";
        _sidecar.RefusesBulk = entries => entries.EnumerateArray().Any(entry => IsPoison(entry.GetProperty("event")));
        _sidecar.Refuses = IsPoison;
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync(("a1", 1), ("poison", 1), ("a2", 1), ("poison", 2), ("a1", 2));

        await Eventually.True(async () => (await _service.OutboxAsync()).Count == 2, "all but the poison have left");

        Assert.Equal(["a1", "a1", "a2"], _sidecar.Received.Select(sent => sent.Text("subject")).Order());
    }

    [Fact]
    public async Task More_poison_than_a_batch_holds_does_not_stop_the_rest()
    {
        _sidecar.Refuses = json => json.GetProperty("subject").GetString()!.StartsWith("poison", StringComparison.Ordinal);
        await _service.StartAsync(_sidecar);
        await _service.PublishAsync([.. Enumerable.Range(0, 600).Select(i => ($"poison{i}", 1)), ("a1", 1)]);

        await Eventually.True(async () => (await _service.OutboxAsync()).Count == 600, "the one behind them has left");
    }

    private async Task PublishAsync(int subjects, int bytes)
    {
        await using var session = _service.OpenSession();
        for (var i = 0; i < subjects; i++)
        {
            var asset = new DataAsset { Id = $"a{i}", Description = new LocalizedText { Values = { ["de"] = new string('x', bytes) } } };
            session.Publish(new DataAssetPublished { DataAsset = asset, Version = 1 }, asset.Id);
        }

        await session.SaveChangesAsync();
    }

    private Task EmptyAsync() => Eventually.True(async () => (await _service.OutboxAsync()).Count == 0, "the outbox is empty");
}
