using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging.Tests;

/// <summary>A service on loopback with a store of its own; it may be stopped and started again on the same store.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    public const string Token = "app-token-of-the-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-messaging-");
    private WebApplication? _app;
    private HttpClient? _http;

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["APP_ID"] = "matching",
        ["REGION"] = "saar",
        ["APP_API_TOKEN"] = Token,
        ["DAPR_API_TOKEN"] = "sidecar-token-of-the-test",
        ["DAPR_HTTP_ENDPOINT"] = "http://127.0.0.1:9", // nobody
    };

    public Action<MessagingBuilder> Handlers { get; init; } = messaging => messaging.On<DataAssetPublished, RememberAsset>();

    /// <summary>The clock of the service; the real one unless a test needs another.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The disk below the store; a test may fill it.</summary>
    public Disk Disk { get; } = new();

    public LogLines Logs { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public async Task<ServiceUnderTest> StartAsync(SidecarDouble? sidecar = null, string environment = "Development")
    {
        if (sidecar is not null)
            Settings["DAPR_HTTP_ENDPOINT"] = sidecar.Address.ToString();

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(Settings).AddInMemoryCollection([new("Storage:Path", Path.Combine(_folder.FullName, "matching.db"))]);
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Faults>();
        builder.Services.AddSingleton(Time);
        builder.AddDocumentStore(SeenAsset.Type);
        builder.Services.AddSingleton<IStorageEngine>(provider => new EngineOnDisk(provider.GetRequiredService<IStoreAdapter>().Engine, Disk));
        builder.Services.AddSingleton<IOutbox>(provider => new OutboxOnDisk(provider.GetRequiredService<IStoreAdapter>().Outbox, Disk));
        builder.AddMessaging(Handlers);
        builder.Services.AddGrpc().AddJsonTranscoding();
        _app = builder.Build();
        _app.MapMessaging();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        return this;
    }

    public async Task StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _http?.Dispose();
        (_app, _http) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    public IDocumentSession OpenSession() => Services.GetRequiredService<IDocumentStore>().OpenSession();

    public async Task PublishAsync(params (string Subject, int Version)[] events)
    {
        await using var session = OpenSession();
        foreach (var (subject, version) in events)
            session.Publish(new DataAssetPublished { DataAsset = new DataAsset { Id = subject }, Version = version }, subject);
        await session.SaveChangesAsync();
    }

    public Task<OutboxState> OutboxAsync() => Services.GetRequiredService<IOutbox>().StateAsync(default);

    /// <summary>The etag of what the handler knows: documents that were saved in one transaction share it.</summary>
    public async Task<string?> EtagAsync(string id)
    {
        await using var session = OpenSession();
        return await session.LoadAsync<SeenAsset>(id) is { } asset ? session.EtagOf(asset) : null;
    }

    public async Task<SeenAsset?> SeenAsync(string id)
    {
        await using var session = OpenSession();
        return await session.LoadAsync<SeenAsset>(id);
    }

    public static JsonObject Envelope(string id, string asset, long version = 1) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id,
        ["source"] = "/ecosystem/saar/catalog",
        ["type"] = "ecosystem.catalog.events.v1.DataAssetPublished",
        ["subject"] = asset,
        ["time"] = "2026-01-01T12:00:00Z",
        ["datacontenttype"] = "application/json",
        ["data"] = JsonNode.Parse(JsonFormatter.Default.Format(new DataAssetPublished { DataAsset = new DataAsset { Id = asset }, Version = version })),
    };

    /// <summary>Delivers as the sidecar does and returns the status it is told.</summary>
    public async Task<string> DeliverAsync(JsonObject envelope)
    {
        using var response = await PostAsync("/events", envelope.ToJsonString());
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
    }

    /// <summary>Delivers as the sidecar does to a subscription with bulkSubscribe, and returns the status of each entry.</summary>
    public async Task<IReadOnlyList<string>> DeliverBulkAsync(params JsonNode[] envelopes)
    {
        var body = new JsonObject
        {
            ["id"] = "batch",
            ["type"] = "com.dapr.event.sent.bulk",
            ["topic"] = "catalog.data-assets",
            ["pubsubname"] = "pubsub",
            ["metadata"] = new JsonObject(),
            ["entries"] = new JsonArray([.. envelopes.Select((envelope, i) => new JsonObject
            {
                ["entryId"] = $"entry{i}",
                ["event"] = envelope.DeepClone(),
                ["contentType"] = "application/cloudevents+json",
                ["metadata"] = new JsonObject(),
            })]),
        };
        using var response = await PostAsync("/events", body.ToJsonString(), mediaType: "application/json");
        response.EnsureSuccessStatusCode();
        var statuses = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("statuses").EnumerateArray().ToList();
        Assert.Equal(envelopes.Select((_, i) => $"entry{i}"), statuses.Select(status => status.GetProperty("entryId").GetString()));
        return [.. statuses.Select(status => status.GetProperty("status").GetString()!)];
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? token = Token, string mediaType = "application/cloudevents+json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.Add("dapr-api-token", token);
        return await _http!.SendAsync(request);
    }

    /// <summary>Calls as an operator does, by REST.</summary>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var response = await _http!.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("dapr-api-token", token);
        return await _http!.SendAsync(request);
    }
}

/// <summary>What the handler knows of an asset, and how often an event changed it.</summary>
internal sealed record SeenAsset(string Id, long Version, int Applied)
{
    public static readonly DocumentType<SeenAsset> Type = new("seen_assets", asset => asset.Id);
}

/// <summary>What goes wrong in the handler, decided by the test.</summary>
internal sealed class Faults
{
    public Func<DataAssetPublished, Exception?> Next { get; set; } = _ => null;
}

internal sealed class RememberAsset(Faults faults) : IEventHandler<DataAssetPublished>
{
    public async Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct)
    {
        var known = await context.Session.LoadAsync<SeenAsset>(@event.DataAsset.Id, ct);
        context.Session.Store(new SeenAsset(@event.DataAsset.Id, @event.Version, (known?.Applied ?? 0) + 1));
        context.Session.Publish(new CompetencePublished { Version = @event.Version }, context.Subject);
        if (faults.Next(@event) is { } fault)
            throw fault;
    }
}

internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
