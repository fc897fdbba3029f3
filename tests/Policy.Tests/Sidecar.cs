using System.Collections.Concurrent;
using System.Text.Json;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Policy.Tests;

/// <summary>Takes what the service publishes over Dapr's HTTP API and remembers it: each event once, because the relay may send it again when the test moves the clock.</summary>
public sealed class Sidecar : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    public string Address => _app.Urls.Single();

    public async Task StartAsync()
    {
        // Another content root, because the settings of the service under test lie beside the tests.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        _app.MapPost("/v1.0/publish/pubsub/{topic}", async (HttpRequest request) => Remember([await ReadAsync(request)]));
        _app.MapPost("/v1.0-alpha1/publish/bulk/pubsub/{topic}", async (HttpRequest request) =>
            Remember((await ReadAsync(request)).EnumerateArray().Select(entry => entry.GetProperty("event"))));
        await _app.StartAsync();
    }

    /// <summary>The data of the events of a type about a subject, once there are that many.</summary>
    public async Task<IReadOnlyList<JsonElement>> HeardAsync(string type, string subject, int count)
    {
        IEnumerable<JsonElement> Heard() => _events.Where(heard => heard.GetProperty("type").GetString() == type && heard.GetProperty("subject").GetString() == subject);
        await Eventually.True(() => Heard().Count() >= count, $"{count} events {type} about {subject} were published");
        return [.. Heard().Select(heard => heard.GetProperty("data"))];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<JsonElement> ReadAsync(HttpRequest request) => (await JsonDocument.ParseAsync(request.Body)).RootElement;

    private IResult Remember(IEnumerable<JsonElement> events)
    {
        foreach (var @event in events.Where(@event => _ids.TryAdd(@event.GetProperty("id").GetString()!, 0)))
            _events.Enqueue(@event);
        return Results.NoContent();
    }
}
