using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr.Compliance;

/// <summary>Everything a publisher may ask of its sidecar. The same for every component.</summary>
public abstract class PublishCompliance : IAsyncLifetime
{
    private RecordingApp _app = null!;
    private RecordingApp _writer = null!;
    private LocalRegion _region = null!;

    private protected abstract PubSubUnderTest PubSub { get; }

    public async Task InitializeAsync()
    {
        _app = await RecordingApp.StartAsync("""[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""");
        _writer = await RecordingApp.StartAsync();
        _region = await LocalRegion.StartAsync(PubSub, ("reader", _app.Address), ("writer", _writer.Address));
        await _region.ReadyAsync("reader");
    }

    public async Task DisposeAsync()
    {
        await _region.DisposeAsync();
        await _app.DisposeAsync();
        await _writer.DisposeAsync();
    }

    [SkippableFact]
    public async Task What_an_app_publishes_arrives_as_a_cloud_event_from_that_app()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _region.PublishAsync("writer", "orders", """{"n":1.50}""")).StatusCode);

        var delivery = await FirstAsync();
        Assert.Equal("/orders", delivery.Path);
        Assert.Equal("application/cloudevents+json", delivery.ContentType);
        Assert.Equal("""{"n":1.50}""", delivery.Body["data"]!.ToJsonString());
        Assert.Equal(
            ("1.0", "writer", "com.dapr.event.sent", "application/json", "orders", "pubsub"),
            (Text("specversion"), Text("source"), Text("type"), Text("datacontenttype"), Text("topic"), Text("pubsubname")));
        Assert.NotEmpty(Text("id"));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", Text("traceparent"));

        string Text(string name) => delivery.Body[name]!.ToString();
    }

    [SkippableTheory]
    [InlineData("text/plain", "plain", "data", "plain")]
    [InlineData("application/json", "{not json", "data", "{not json")]
    [InlineData("application/xml", "<a/>", "data", "<a/>")]
    [InlineData("application/octet-stream", "abc", "data_base64", "YWJj")]
    public async Task The_content_type_decides_how_data_travels(string contentType, string body, string member, string expected)
    {
        await _region.PublishAsync("writer", "orders", body, contentType);

        Assert.Equal(expected, (await FirstAsync()).Body[member]!.ToString());
    }

    [SkippableFact]
    public async Task An_own_envelope_is_kept_and_metadata_overrides_it()
    {
        const string own = """{"specversion":"1.0","id":"7","source":"/mine","type":"order.placed","subject":"o-1","data":{"x":"ä"},"ext":"kept"}""";
        await _region.PublishAsync("writer", "orders", own, "application/cloudevents+json", "?metadata.cloudevent.type=order.changed");

        var body = (await FirstAsync()).Body;
        Assert.Equal(
            ("7", "/mine", "order.changed", "o-1", "kept", "ä"),
            (body["id"]!.ToString(), body["source"]!.ToString(), body["type"]!.ToString(), body["subject"]!.ToString(), body["ext"]!.ToString(), body["data"]!["x"]!.ToString()));
    }

    [SkippableFact]
    public async Task A_body_that_claims_to_be_a_cloud_event_and_is_none_is_refused()
    {
        var response = await _region.PublishAsync("writer", "orders", "[1]", "application/cloudevents+json");

        Assert.Equal((HttpStatusCode.InternalServerError, "ERR_PUBSUB_CLOUD_EVENTS_SER"), (response.StatusCode, await CodeAsync(response)));
    }

    [SkippableFact]
    public async Task An_unknown_component_is_not_found()
    {
        var response = await _region.PublishAsync("writer", "orders", "{}", pubSub: "other");

        Assert.Equal((HttpStatusCode.NotFound, "ERR_PUBSUB_NOT_FOUND"), (response.StatusCode, await CodeAsync(response)));
    }

    [SkippableTheory]
    [InlineData("0")]
    [InlineData("soon")]
    public async Task A_time_to_live_that_is_no_number_above_zero_is_refused(string ttl)
    {
        var response = await _region.PublishAsync("writer", "orders", "{}", query: "?metadata.ttlInSeconds=" + ttl);

        Assert.Equal((HttpStatusCode.BadRequest, "ERR_PUBSUB_REQUEST_METADATA"), (response.StatusCode, await CodeAsync(response)));
    }

    [SkippableTheory]
    [InlineData("/v1.0-alpha1/publish/bulk/pubsub/orders")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders")]
    public async Task A_bulk_arrives_in_its_order(string path)
    {
        var response = await _region.SendAsync(HttpMethod.Post, "writer", path, """
            [{"entryId":"a","event":{"n":1},"contentType":"application/json"},
             {"entryId":"b","event":"two","contentType":"text/plain"},
             {"entryId":"c","event":{"specversion":"1.0","id":"3","source":"s","type":"t","data":"three"},"contentType":"application/cloudevents+json"}]
            """);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await Eventually.True(() => _app.Deliveries.Count == 3, "three deliveries have come");
        Assert.Equal(["""{"n":1}""", "two", "three"], _app.Data.Select(d => d.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task A_bulk_says_which_entry_failed_and_keeps_the_others()
    {
        var response = await _region.SendAsync(HttpMethod.Post, "writer", "/v1.0-alpha1/publish/bulk/pubsub/orders", """
            [{"entryId":"good","event":{"n":1},"contentType":"application/json"},
             {"entryId":"bad","event":[],"contentType":"application/cloudevents+json"}]
            """);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal("bad", body!["failedEntries"]![0]!["entryId"]!.ToString());
        await FirstAsync();
    }

    [SkippableTheory]
    [InlineData("""[{"entryId":"a","event":1},{"entryId":"a","event":2}]""")]
    [InlineData("""[{"event":1}]""")]
    [InlineData("""[{"entryId":"a"}]""")]
    [InlineData("{")]
    public async Task A_bulk_that_cannot_be_read_is_refused_as_a_whole(string body)
    {
        var response = await _region.SendAsync(HttpMethod.Post, "writer", "/v1.0-alpha1/publish/bulk/pubsub/orders", body);

        Assert.Equal((HttpStatusCode.BadRequest, "ERR_PUBSUB_EVENTS_SER"), (response.StatusCode, await CodeAsync(response)));
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_token_nothing_is_published(string? token)
    {
        var response = await _region.SendAsync(HttpMethod.Post, "writer", "/v1.0/publish/pubsub/orders", "{}", token: token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [SkippableFact]
    public async Task The_sidecar_proves_itself_to_the_app()
    {
        await _region.PublishAsync("writer", "orders", "{}");

        Assert.Equal(LocalRegion.AppToken, (await FirstAsync()).Token);
    }

    [SkippableFact]
    public async Task An_app_calls_another_by_its_id()
    {
        var response = await _region.SendAsync(HttpMethod.Get, "writer", "/v1.0/invoke/reader/method/echo/a?b=c");

        Assert.Equal((418, "/echo/a?b=c for writer", "yes"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.GetValues("x-answer").Single()));
    }

    [SkippableFact]
    public async Task Calling_an_app_that_does_not_exist_says_so()
    {
        var response = await _region.SendAsync(HttpMethod.Get, "writer", "/v1.0/invoke/nobody/method/x");

        Assert.Equal((HttpStatusCode.InternalServerError, "ERR_DIRECT_INVOKE"), (response.StatusCode, await CodeAsync(response)));
    }

    [SkippableFact]
    public async Task Metadata_shows_components_and_subscriptions()
    {
        var metadata = await (await _region.SendAsync(HttpMethod.Get, "reader", "/v1.0/metadata")).Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal(
            ("reader", PubSub.Type, "orders", "/orders"),
            (metadata!["id"]!.ToString(), metadata["components"]![0]!["type"]!.ToString(), metadata["subscriptions"]![0]!["topic"]!.ToString(), metadata["subscriptions"]![0]!["rules"]![0]!["path"]!.ToString()));
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>())!["errorCode"]!.ToString();

    private async Task<Delivery> FirstAsync()
    {
        await Eventually.True(() => !_app.Deliveries.IsEmpty, "a delivery has come");
        return _app.Deliveries.First();
    }
}
