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
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddDocumentStore(Counter.Type, Noted.Type);
        builder.AddMessaging(events => events.On<DataAssetPublished, NoteStep>());
        if (builder.Configuration.GetValue("STEPS", 0) > 0)
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

internal sealed class CountUp(IDocumentStore store, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (counters, steps) = (configuration.GetValue("COUNTERS", 0), configuration.GetValue("STEPS", 0));
        await Task.WhenAll(Enumerable.Range(0, counters).Select(counter => Task.Run(async () =>
        {
            for (var round = 0; round < steps; round++)
                await StepAsync($"{configuration["APP_ID"]}-{counter}", steps, stoppingToken);
        }, stoppingToken)));
    }

    private async Task StepAsync(string id, int steps, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var counter = await session.LoadAsync<Counter>(id, ct) ?? new Counter(id, 0);
        if (counter.Value == steps)
            return;

        session.Store(counter with { Value = counter.Value + 1 });
        session.Publish(new DataAssetPublished { DataAsset = new DataAsset { Id = id }, Version = counter.Value + 1 }, id);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            // The other replica took this step.
        }
    }
}
