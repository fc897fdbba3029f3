using System.Collections.Concurrent;
using System.Text.Json;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Catalog.Tests;

/// <summary>One event as it reached the sidecar.</summary>
public sealed record PublishedEvent(string Topic, string Type, string Subject, JsonElement Data);

/// <summary>Takes what the service publishes over Dapr's HTTP API and remembers it.</summary>
public sealed class RecordingSidecar : IAsyncDisposable
{
    private readonly ConcurrentQueue<PublishedEvent> _events = new();
    private WebApplication _app = null!;

    public string Address => _app.Urls.Single();

    public async Task StartAsync()
    {
        // Another content root, because the settings of the service under test lie beside the tests.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        _app.MapGet("/v1.0/healthz", () => Results.NoContent());
        _app.MapPost("/v1.0/publish/pubsub/{topic}", async (string topic, HttpRequest request) =>
        {
            Remember(topic, (await JsonDocument.ParseAsync(request.Body)).RootElement);
            return Results.NoContent();
        });
        _app.MapPost("/v1.0-alpha1/publish/bulk/pubsub/{topic}", async (string topic, HttpRequest request) =>
        {
            foreach (JsonElement entry in (await JsonDocument.ParseAsync(request.Body)).RootElement.EnumerateArray())
            {
                Remember(topic, entry.GetProperty("event"));
            }

            return Results.NoContent();
        });
        await _app.StartAsync();
    }

    /// <summary>Waits until so many events about a subject have arrived.</summary>
    public async Task<PublishedEvent[]> AboutAsync(string subject, int atLeast = 1)
    {
        await Eventually.True(() => _events.Count(e => e.Subject == subject) >= atLeast, $"{atLeast} events about {subject} were published");
        return [.. _events.Where(e => e.Subject == subject)];
    }

    /// <summary>Everything so far, in the order of arrival.</summary>
    public IReadOnlyCollection<PublishedEvent> All => _events;

    public bool HeardOf(string subject) => _events.Any(e => e.Subject == subject);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Remember(string topic, JsonElement cloudEvent) => _events.Enqueue(new PublishedEvent(
        topic,
        cloudEvent.GetProperty("type").GetString()!,
        cloudEvent.GetProperty("subject").GetString()!,
        cloudEvent.GetProperty("data")));
}
