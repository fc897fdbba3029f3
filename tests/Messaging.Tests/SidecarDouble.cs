using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging.Tests;

/// <summary>The publish endpoints of a sidecar, on loopback: keeps what it is given and refuses what a test tells it to.</summary>
internal sealed class SidecarDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SidecarDouble(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.MapPost("/v1.0/publish/{pubsub}/{topic}", PublishAsync);
        _app.MapPost("/v1.0-alpha1/publish/bulk/{pubsub}/{topic}", PublishBulkAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<Sent> Received { get; } = new();

    /// <summary>Told of every event, before the publisher is.</summary>
    public Action<Sent> OnReceived { get; set; } = _ => { };

    /// <summary>Whether the broker refuses an event.</summary>
    public Func<JsonElement, bool> Refuses { get; set; } = _ => false;

    /// <summary>Whether a bulk request is refused as a whole, without a word about its entries.</summary>
    public Func<JsonElement, bool> RefusesBulk { get; set; } = _ => false;

    /// <summary>How many events each request carried.</summary>
    public ConcurrentQueue<int> Requests { get; } = new();

    public static async Task<SidecarDouble> StartAsync(int port = 0)
    {
        var sidecar = new SidecarDouble(port);
        await sidecar._app.StartAsync();
        return sidecar;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> PublishAsync(HttpContext http, string pubsub, string topic)
    {
        var json = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        Requests.Enqueue(1);
        return Take(http, pubsub, topic, http.Request.ContentType, json)
            ? Results.NoContent()
            : Results.Json(new { errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE", message = "refused" }, statusCode: 500);
    }

    private async Task<IResult> PublishBulkAsync(HttpContext http, string pubsub, string topic)
    {
        var entries = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        Requests.Enqueue(entries.GetArrayLength());
        if (RefusesBulk(entries))
            return Results.Json(new { errorCode = "ERR_PUBSUB_EVENTS_SER", message = "not readable" }, statusCode: 400);

        var failed = entries.EnumerateArray().Reverse() // in any order: nothing may depend on it
            .Where(entry => !Take(http, pubsub, topic, entry.GetProperty("contentType").GetString(), entry.GetProperty("event")))
            .Select(entry => new { entryId = entry.GetProperty("entryId").GetString(), error = "refused" })
            .ToList();
        return failed.Count == 0
            ? Results.NoContent()
            : Results.Json(new { failedEntries = failed, errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE" }, statusCode: 500);
    }

    private bool Take(HttpContext http, string pubsub, string topic, string? contentType, JsonElement json)
    {
        if (Refuses(json))
            return false;

        var sent = new Sent(pubsub, topic, contentType, http.Request.Headers["dapr-api-token"], json);
        Received.Enqueue(sent);
        OnReceived(sent);
        return true;
    }

    internal sealed record Sent(string PubSub, string Topic, string? ContentType, string? Token, JsonElement Event)
    {
        public string Text(string attribute) => Event.GetProperty(attribute).GetString()!;
    }
}
