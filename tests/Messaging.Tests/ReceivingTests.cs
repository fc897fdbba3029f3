using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging.Tests;

public sealed class ReceivingTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new();

    private Faults Faults => _service.Services.GetRequiredService<Faults>();

    public Task InitializeAsync() => _service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_sidecar_is_told_topics_rules_and_dead_letters()
    {
        using var response = await _service.GetAsync("/dapr/subscribe");

        var subscriptions = await response.Content.ReadFromJsonAsync<JsonNode>();

        Assert.True(JsonNode.DeepEquals(subscriptions, JsonNode.Parse("""
            [{
              "pubsubname": "pubsub", "topic": "catalog.data-assets", "deadLetterTopic": "catalog.data-assets-dead",
              "routes": {
                "rules": [{
                  "match": "event.type == \"ecosystem.catalog.events.v1.DataAssetPublished\"",
                  "path": "/events" }],
                "default": "/events/unhandled" },
              "metadata": { "singleActiveConsumer": "true" },
              "bulkSubscribe": { "enabled": true, "maxMessagesCount": 250, "maxAwaitDurationMs": 10 }
            }, {
              "pubsubname": "pubsub", "topic": "catalog.data-assets-dead",
              "metadata": { "singleActiveConsumer": "true" },
              "routes": { "rules": [], "default": "/events/dead" }
            }]
            """)), subscriptions!.ToJsonString());
    }

    [Fact]
    public async Task A_delivered_event_is_applied()
    {
        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1", 7)));
        Assert.Equal(new SeenAsset("a1", 7, 1), await _service.SeenAsync("a1"));
    }

    [Fact]
    public async Task An_event_delivered_many_times_at_once_is_applied_once()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"))));

        Assert.Contains("SUCCESS", statuses);
        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
        Assert.Equal(1, (await _service.OutboxAsync()).Count); // what the handler published is in the same transaction
    }

    [Fact]
    public async Task The_same_id_from_another_source_is_another_event()
    {
        var other = ServiceUnderTest.Envelope("e1", "a1");
        other["source"] = "/ecosystem/ruhr/catalog";
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));
        await _service.DeliverAsync(other);

        Assert.Equal(2, (await _service.SeenAsync("a1"))!.Applied);
    }

    [Fact]
    public async Task An_event_applied_before_a_restart_is_not_applied_again_after_it()
    {
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));
        await _service.StopAsync();
        await _service.StartAsync();
        await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1"));

        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }

    [Fact]
    public async Task A_handler_that_fails_changes_nothing_and_the_event_comes_again()
    {
        Faults.Next = _ => new InvalidOperationException("out of order");
        Assert.Equal("RETRY", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));
        Assert.Null(await _service.SeenAsync("a1"));
        Assert.Equal(0, (await _service.OutboxAsync()).Count);

        Faults.Next = _ => null;
        Assert.Equal("SUCCESS", await _service.DeliverAsync(ServiceUnderTest.Envelope("e1", "a1")));
        Assert.Equal(1, (await _service.SeenAsync("a1"))!.Applied);
    }

    [Fact]
    public async Task A_type_nobody_applies_is_acknowledged()
    {
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope["type"] = "ecosystem.catalog.events.v1.OfferAttached";

        Assert.Equal("SUCCESS", await _service.DeliverAsync(envelope));
        using var response = await _service.PostAsync("/events/unhandled", envelope.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Fields_a_newer_publisher_added_are_no_error()
    {
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope["data"]!["addedLater"] = new JsonArray(1, 2);
        envelope["newattribute"] = "x";

        Assert.Equal("SUCCESS", await _service.DeliverAsync(envelope));
    }

    [Theory]
    [InlineData("id", null, "it has no id")]
    [InlineData("source", "\"\"", "it has no source")]
    [InlineData("specversion", "\"0.3\"", "specversion is '0.3'")]
    [InlineData("data", null, "it has no data")]
    [InlineData("data", "[1]", "data is no JSON object")]
    [InlineData("time", "\"yesterday\"", "time is no RFC 3339 timestamp")]
    [InlineData("subject", "5", "subject is no text")]
    [InlineData("data", "{\"version\":\"many\"}", "its data is no such event")]
    public async Task What_can_never_be_applied_is_dropped_and_the_log_says_why(string attribute, string? value, string reason)
    {
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope.Remove(attribute);
        if (value is not null)
            envelope[attribute] = JsonNode.Parse(value);

        using var response = await _service.PostAsync("/events/ecosystem.catalog.events.v1.DataAssetPublished", envelope.ToJsonString());

        Assert.Equal("""{"status":"DROP"}""", await response.Content.ReadAsStringAsync());
        Assert.Contains(_service.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    public async Task What_is_no_event_at_all_is_dropped(string body)
    {
        using var response = await _service.PostAsync("/events/x", body);
        Assert.Equal("""{"status":"DROP"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Only_the_sidecar_may_deliver(string? token)
    {
        using var delivery = await _service.PostAsync("/events/x", ServiceUnderTest.Envelope("e1", "a1").ToJsonString(), token);
        using var subscribe = await _service.GetAsync("/dapr/subscribe", token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (delivery.StatusCode, subscribe.StatusCode));
        Assert.Null(await _service.SeenAsync("a1"));
    }

    [Fact]
    public async Task Outside_development_a_service_without_app_token_does_not_start()
    {
        await using var service = new ServiceUnderTest();
        service.Settings["APP_API_TOKEN"] = "";

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => service.StartAsync(environment: "Production"));

        Assert.Contains("APP_API_TOKEN", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_event_carries_never_reaches_the_log()
    {
        Faults.Next = @event => @event.Version == 1 ? new InvalidOperationException("failed") : null;
        var envelope = ServiceUnderTest.Envelope("e1", "a1");
        envelope["data"]!["dataAsset"]!["title"] = new JsonObject { ["de"] = "Erika Mustermann" };
        await _service.DeliverAsync(envelope);
        envelope["data"]!["version"] = "Erika Mustermann";
        envelope["id"] = "e2";
        await _service.DeliverAsync(envelope);

        Assert.NotEmpty(_service.Logs.Lines);
        Assert.DoesNotContain(_service.Logs.Lines, line => line.Contains("Mustermann", StringComparison.Ordinal));
    }
}
