using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class DeadLetterTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new()
    {
        Handlers = messaging => messaging.On<DataAssetPublished, RememberAsset>(new FailurePolicy(ImmediateRetries: 1, TimeSpan.Zero, Deliveries: 3)),
    };

    private Faults Faults => _service.Services.GetRequiredService<Faults>();

    public Task InitializeAsync() => _service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_failure_that_passes_is_healed_by_an_immediate_retry_in_a_new_unit_of_work()
    {
        var calls = 0;
        Faults.Next = _ => ++calls == 1 ? new InvalidOperationException("once") : null;

        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));

        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
        Assert.Equal(1, (await _service.OutboxAsync()).Count);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task An_event_that_always_fails_is_parked_after_the_declared_deliveries_and_others_pass()
    {
        Faults.Next = @event => @event.DataAsset.Id == "poison" ? new InvalidOperationException("no such area") : null;
        var statuses = new List<string>();
        for (var delivery = 0; delivery < 3; delivery++)
            statuses.Add(await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "poison")));

        Assert.Equal(["RETRY", "RETRY", "SUCCESS"], statuses);
        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e2", "fine")));
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal("STATE_PARKED", Text(letter, "state"));
        Assert.Equal(3, letter.GetProperty("attempts").GetInt32());
        Assert.Equal("InvalidOperationException: no such area", Text(letter, "reason"));
        Assert.Equal(("e1", "/ecosystem/saar/catalog", "poison"), (Text(letter, "eventId"), Text(letter, "source"), Text(letter, "subject")));
    }

    [Fact]
    public async Task A_dead_letter_shows_the_event_as_it_arrived()
    {
        await ParkAsync("e1", "a1");

        var letter = await _service.CallAsync(HttpMethod.Get, "/messaging/v1/dead-letters/" + await IdAsync());

        using var envelope = JsonDocument.Parse(Text(letter, "envelope"));
        Assert.Equal("a1", envelope.RootElement.GetProperty("data").GetProperty("dataAsset").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_replayed_event_is_applied_once_and_leaves_the_list()
    {
        await ParkAsync("e1", "a1");
        var path = $"/messaging/v1/dead-letters/{await IdAsync()}:replay";
        Assert.False((await _service.CallAsync(HttpMethod.Post, path)).TryGetProperty("applied", out var still) && still.GetBoolean());
        Assert.Single(await LettersAsync());

        Faults.Next = _ => null;
        Assert.True((await _service.CallAsync(HttpMethod.Post, path)).GetProperty("applied").GetBoolean());

        Assert.Empty(await LettersAsync());
        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }

    [Fact]
    public async Task All_parked_events_are_replayed_in_the_order_they_failed()
    {
        for (var version = 1; version <= 5; version++)
            await ParkAsync($"e{version}", "a1", version);

        Faults.Next = _ => null;
        var answer = await _service.CallAsync(HttpMethod.Post, "/messaging/v1/dead-letters:replay");

        Assert.Equal(5, answer.GetProperty("applied").GetInt32());
        Assert.Equal(new SeenAsset("a1", 5, 5), await _service.SeenAsync("a1"));
    }

    [Fact]
    public async Task A_discarded_event_is_never_applied()
    {
        await ParkAsync("e1", "a1");
        await _service.CallAsync(HttpMethod.Delete, "/messaging/v1/dead-letters/" + await IdAsync());
        Faults.Next = _ => null;

        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));
        Assert.Null(await _service.SeenAsync("a1"));
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_delivery_that_succeeds_at_last_ends_the_failure()
    {
        Faults.Next = _ => new InvalidOperationException("not yet");
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));
        Assert.Equal("STATE_RETRYING", Text(Assert.Single(await LettersAsync()), "state"));

        Faults.Next = _ => null;
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));

        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task What_the_sidecar_gave_up_is_tried_once_more_and_applied()
    {
        using var response = await _service.PostAsync("/events/dead", ServiceUnderTest.Envelope("late", "a1").ToJsonString());

        Assert.Equal("""{"status":"SUCCESS"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task What_the_sidecar_gave_up_is_parked_when_it_fails_again_unless_it_has_its_effect_here()
    {
        await _service.DeliverAsync(ServiceUnderTest.Envelope("applied", "a1"));
        Faults.Next = _ => new InvalidOperationException("always");
        foreach (var id in (string[])["applied", "lost", "lost"])
        {
            using var response = await _service.PostAsync("/events/dead", ServiceUnderTest.Envelope(id, "a2").ToJsonString());
            Assert.Equal("""{"status":"SUCCESS"}""", await response.Content.ReadAsStringAsync());
        }

        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(("lost", "STATE_PARKED"), (Text(letter, "eventId"), Text(letter, "state")));
    }

    [Fact]
    public async Task What_is_no_event_is_kept_for_somebody_to_look_at()
    {
        using var response = await _service.PostAsync("/events/dead", "{\"specversion\":\"1.0\"}");

        var letter = Assert.Single(await LettersAsync());
        Assert.StartsWith("It is no event", Text(letter, "reason"), StringComparison.Ordinal);
        var replay = await _service.CallAsync(HttpMethod.Post, $"/messaging/v1/dead-letters/{Text(letter, "id")}:replay");
        Assert.Contains("no source", Text(replay, "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_backlog_tells_what_waits()
    {
        await ParkAsync("e1", "a1");
        Faults.Next = _ => new InvalidOperationException("not yet");
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e2", "a2"));
        await _service.PublishAsync(("a3", 1));

        var backlog = await _service.CallAsync(HttpMethod.Get, "/messaging/v1/backlog");

        Assert.Equal(("1", "1", "1"), (Text(backlog, "outboxEvents"), Text(backlog, "retryingEvents"), Text(backlog, "parkedEvents")));
        Assert.True(backlog.TryGetProperty("oldestPublishTime", out _));
    }

    [Fact]
    public async Task The_list_cuts_a_page_that_is_too_large_and_refuses_one_of_less_than_nothing()
    {
        await ParkAsync("e1", "a1");

        Assert.True((await _service.CallAsync(HttpMethod.Get, "/messaging/v1/dead-letters?pageSize=100000")).TryGetProperty("deadLetters", out _));
        using var refused = await _service.GetAsync("/messaging/v1/dead-letters?pageSize=-1");
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("page_size", Text(Assert.Single(problem.GetProperty("violations").EnumerateArray()), "field"));
    }

    [Fact]
    public void A_policy_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FailurePolicy(-1, TimeSpan.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FailurePolicy(0, TimeSpan.Zero, 0));
    }

    private async Task ParkAsync(string id, string asset, long version = 1)
    {
        Faults.Next = _ => new InvalidOperationException("always");
        for (var delivery = 0; delivery < 3; delivery++)
            await _service.DeliverAsync(ServiceUnderTest.Envelope(id, asset, version));
    }

    private async Task<string> IdAsync() => Text(Assert.Single(await LettersAsync()), "id");

    private async Task<List<JsonElement>> LettersAsync()
    {
        var answer = await _service.CallAsync(HttpMethod.Get, "/messaging/v1/dead-letters");
        return answer.TryGetProperty("deadLetters", out var letters) ? [.. letters.EnumerateArray()] : [];
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
