using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Ecosystem.Storage.Tests;

/// <summary>
/// One of several processes of a service on one store: counts one document up, tells of each number, stores a document with it, and sends
/// what any of them told. Ends when its standard input does, having looked for all documents by an index if its release has one.
/// </summary>
internal static class Replica
{
    private static readonly DocumentType<Clinic> Older = new("clinics", clinic => clinic.Id);

    public static async Task<int> RunAsync(string connection, string release, string numbers)
    {
        var type = release == "older" ? Older : Clinic.Type;
        await using var store = await OpenStore.OpenAsync(StoreKind.PostgreSql, connection, new StorageOptions(), TimeProvider.System, type);
        Console.WriteLine("open");
        using var stop = new CancellationTokenSource();
        var sending = SendAsync(connection, store, stop.Token);
        for (var i = 0; i < int.Parse(numbers, CultureInfo.InvariantCulture); i++)
        {
            while (!await TryCountAsync(store))
            {
                // The other was first: look again.
            }
        }

        Console.WriteLine("written");
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await sending;
        if (type == Clinic.Type)
        {
            await store.RollOut!.FollowOtherReleasesAsync(default);
            Console.WriteLine($"found {(await store.QueryAsync(DocumentQuery.For(type).Where("city", "Essen"))).TotalSize}");
        }

        return 0;
    }

    private static async Task<bool> TryCountAsync(OpenStore store)
    {
        await using var session = store.OpenSession();
        var counter = await session.LoadAsync<Clinic>("counter") ?? new Clinic { Id = "counter", Beds = 0 };
        counter.Beds++;
        session.Store(counter);
        session.Store(new Clinic { Id = $"number-{counter.Beds}", City = "Essen" });
        session.Publish(new Api { Name = $"{counter.Beds}" }, "counter");
        try
        {
            await session.SaveChangesAsync();
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>The relay; the broker is a table, so that what two relays send has one order.</summary>
    private static async Task SendAsync(string connection, OpenStore store, CancellationToken stop)
    {
        await using var broker = NpgsqlDataSource.Create(connection);
        while (!stop.IsCancellationRequested)
        {
            var relay = $"{Environment.ProcessId}";
            var claims = await store.Outbox.ClaimAsync(relay, new(10), TimeSpan.FromMinutes(1), CancellationToken.None);
            foreach (var claim in claims)
            {
                await using var send = broker.CreateCommand("INSERT INTO broker (number, relay) VALUES ($1, $2)");
                send.Parameters.Add(new NpgsqlParameter { Value = int.Parse(Api.Parser.ParseJson(claim.Event.Data).Name, CultureInfo.InvariantCulture) });
                send.Parameters.Add(new NpgsqlParameter { Value = relay });
                await send.ExecuteNonQueryAsync(CancellationToken.None);
            }

            if (claims.Count > 0)
                await store.Outbox.RemoveAsync(relay, [.. claims.Select(claim => claim.Position)], CancellationToken.None);
            else
                await Task.Yield();
        }
    }
}
