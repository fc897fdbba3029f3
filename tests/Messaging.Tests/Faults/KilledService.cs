using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging.Tests;

/// <summary>A service that counts up its aggregates and publishes each step, and notes the steps of others. It is made to be killed.</summary>
internal static class KilledService
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls(builder.Configuration["LISTEN"] ?? "http://127.0.0.1:0");
        builder.AddDocumentStore(Counter.Type, Noted.Type);
        var publishes = builder.Configuration.GetValue("STEPS", 0) > 0;
        builder.AddMessaging(events => _ = publishes ? events : events.On<DataAssetPublished, NoteStep>());
        if (publishes)
            builder.Services.AddHostedService<CountUp>();
        var app = builder.Build();
        app.MapMessaging();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single()); // tells the test where it is
        await app.WaitForShutdownAsync();
    }
}

internal sealed record Counter(string Id, int Value)
{
    public static readonly DocumentType<Counter> Type = new("counters", counter => counter.Id);
}

/// <summary>What a consumer knows of a counter: how many steps it applied, the last of them, and how many came before their turn.</summary>
internal sealed record Noted(string Id, int Applied, long Last, int OutOfOrder)
{
    public static readonly DocumentType<Noted> Type = new("noted", noted => noted.Id);
}

internal sealed class NoteStep : IEventHandler<DataAssetPublished>
{
    public async Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct)
    {
        var noted = await context.Session.LoadAsync<Noted>(context.Subject, ct) ?? new Noted(context.Subject, 0, 0, 0);
        var isNext = @event.Version == noted.Last + 1;
        context.Session.Store(new Noted(noted.Id, noted.Applied + 1, @event.Version, noted.OutOfOrder + (isNext ? 0 : 1)));
    }
}

/// <summary>Counts its share of the counters up to the last step, whatever is away meanwhile.</summary>
internal sealed class CountUp(IDocumentStore store, IConfiguration configuration, TimeProvider time) : BackgroundService
{
    private readonly int _steps = configuration.GetValue("STEPS", 0);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (counters, replica, replicas) = (configuration.GetValue("COUNTERS", 0), configuration.GetValue("REPLICA", 0), configuration.GetValue("REPLICAS", 1));
        return Task.WhenAll(Enumerable.Range(0, counters).Where(counter => counter % replicas == replica).Select(counter => Task.Run(
            async () =>
            {
                while (!stoppingToken.IsCancellationRequested && !await IsDoneAsync($"{configuration["APP_ID"]}-{counter}", stoppingToken))
                {
                    // The next step.
                }
            },
            stoppingToken)));
    }

    private async Task<bool> IsDoneAsync(string id, CancellationToken ct)
    {
        try
        {
            await using var session = store.OpenSession();
            var counter = await session.LoadAsync<Counter>(id, ct) ?? new Counter(id, 0);
            if (counter.Value == _steps)
                return true;

            session.Store(counter with { Value = counter.Value + 1 });
            session.Publish(new DataAssetPublished { DataAsset = new DataAsset { Id = id }, Version = counter.Value + 1 }, id);
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            // The other replica took this step.
        }
        catch (StoreUnavailableException)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.1), time, ct);
        }

        return false;
    }
}
