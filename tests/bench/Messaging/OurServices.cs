using System.Diagnostics.Metrics;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Messaging;
using Ecosystem.Storage;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Messaging;

/// <summary>A publisher and a consumer with a store each, their sidecar in a process of its own, and the broker behind it.</summary>
internal sealed class OurServices : IAsyncDisposable
{
    private readonly WebApplication _publisher;
    private readonly WebApplication _consumer;
    private readonly SidecarProcess _sidecar;
    private readonly MeterListener _meter = new();
    private long _handled;

    private OurServices(WebApplication publisher, WebApplication consumer, SidecarProcess sidecar)
    {
        (_publisher, _consumer, _sidecar) = (publisher, consumer, sidecar);
        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ecosystem.inbox.received" && instrument.Meter.Scope == consumer.Services.GetRequiredService<IMeterFactory>())
                listener.EnableMeasurementEvents(instrument);
        };
        _meter.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("outcome", "Applied")))
                Interlocked.Add(ref _handled, count);
        });
        _meter.Start();
    }

    /// <summary>Events whose effect is committed, by the service's own metric.</summary>
    public long Handled => Interlocked.Read(ref _handled);

    public static async Task<OurServices> StartAsync(DirectoryInfo folder, Uri rabbitMq, string publisherStore, string consumerStore, ushort prefetch)
    {
        var (publisherAt, consumerAt) = (new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"), new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"));
        var sidecar = SidecarProcess.For(folder, rabbitMq, [("publisher", publisherAt), ("consumer", consumerAt)], prefetch);
        var services = new OurServices(
            Service("publisher", publisherAt, sidecar.AddressFor(publisherAt), publisherStore, _ => { }),
            Service("consumer", consumerAt, sidecar.AddressFor(consumerAt), consumerStore, events => events.On<DataAssetPublished, NoteAsset>()),
            sidecar);
        await services._publisher.StartAsync();
        await services._consumer.StartAsync();
        await sidecar.StartAsync();
        return services;
    }

    /// <summary>A transaction of a service: a document is changed and an event tells of it.</summary>
    public async Task PublishAsync(long number)
    {
        var asset = Sample.Asset(number % Sample.Subjects);
        await using var session = _publisher.Services.GetRequiredService<IDocumentStore>().OpenSession();
        session.Store(new NotedAsset($"{asset.Id}-{number}", number));
        session.Publish(new DataAssetPublished { DataAsset = asset, Version = number + 1 }, asset.Id);
        await session.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _consumer.DisposeAsync();
        await _sidecar.DisposeAsync();
        _meter.Dispose();
    }

    private static WebApplication Service(string name, Uri address, Uri sidecar, string store, Action<MessagingBuilder> handlers)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(
            [new("APP_ID", name), new("ConnectionStrings:" + name, store), new("DAPR_HTTP_ENDPOINT", sidecar.ToString())]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls(address.ToString());
        builder.AddDocumentStore(NotedAsset.Type);
        builder.AddMessaging(handlers);
        var app = builder.Build();
        app.MapMessaging();
        return app;
    }
}

internal sealed record NotedAsset(string Id, long Version)
{
    public static readonly DocumentType<NotedAsset> Type = new("noted_assets", asset => asset.Id);
}

internal sealed class NoteAsset : IEventHandler<DataAssetPublished>
{
    public async Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct)
    {
        var known = await context.Session.LoadAsync<NotedAsset>(@event.DataAsset.Id, ct);
        if (known is null || known.Version < @event.Version)
            context.Session.Store(new NotedAsset(@event.DataAsset.Id, @event.Version));
    }
}
