using Ecosystem.Storage.PostgreSql;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Storage.Tests;

/// <summary>A server has connections for so many, and a service may not take them all however many ask at once.</summary>
[Collection(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlConnectionsTests(PostgreSqlFixture postgres)
{
    [SkippableTheory]
    [InlineData("", PostgreSqlDatabase.MostConnections)]
    [InlineData(";Maximum Pool Size=3", 3)]
    [InlineData(";MaxPoolSize=20", 20)]
    public async Task More_callers_than_connections_wait_for_each_other_and_all_are_served(string setting, int most)
    {
        const int callers = 40;
        await using var rush = await Rush.StartAsync(postgres, setting, callers, most);

        await rush.EndAsync();

        Assert.All(await Task.WhenAll(rush.Callers), Assert.NotNull);
        await Eventually.True(async () => await rush.CountAsync("pid <> pg_backend_pid()") == most, "no more connections were made than that");
    }

    [SkippableFact]
    public async Task Who_waits_too_long_for_a_connection_is_told_that_they_are_all_in_use()
    {
        await using var rush = await Rush.StartAsync(postgres, ";Maximum Pool Size=2;Timeout=5", callers: 3, most: 2);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await await Task.WhenAny(rush.Callers));

        Assert.Contains("Nothing was changed: all connections", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Maximum Pool Size", refused.Message, StringComparison.Ordinal);
        await rush.EndAsync();
        await Task.WhenAll(rush.Callers.Where(caller => !caller.IsFaulted));
    }

    /// <summary>Callers that all ask for a document while its table is locked.</summary>
    private sealed class Rush(PostgreSqlPlace place, OpenStore store, NpgsqlConnection observer, NpgsqlConnection locks, NpgsqlTransaction held) : IAsyncDisposable
    {
        public IReadOnlyList<Task<Clinic?>> Callers { get; private set; } = [];

        /// <summary>Returns once <paramref name="most"/> of them wait in the server.</summary>
        public static async Task<Rush> StartAsync(PostgreSqlFixture postgres, string setting, int callers, int most)
        {
            Skip.If(postgres.Server.Missing is not null, postgres.Server.Missing);
            var connection = await postgres.Server.CreateDatabaseAsync();
            var place = new PostgreSqlPlace(connection + ";Timeout=120;Command Timeout=120" + setting); // on a slow machine the rush takes a while to come about
            var store = await place.OpenAsync(Clinic.Type);
            await store.SaveAsync(new Clinic { Id = "one" });
            var locks = await ConnectAsync(connection);
            var rush = new Rush(place, store, await ConnectAsync(connection), locks, await locks.BeginTransactionAsync());
            await ReadAsync(locks, "LOCK TABLE doc_clinics");
            rush.Callers = [.. Enumerable.Range(0, callers).Select(_ => Task.Run(() => store.LoadAsync<Clinic>("one")))];
            await Eventually.True(async () => await rush.CountAsync("wait_event_type = 'Lock'") == most, $"{most} callers wait in the server");
            return rush;
        }

        public async Task EndAsync()
        {
            await held.RollbackAsync();
            await locks.CloseAsync();
        }

        /// <summary>Connections to the database of which this is true.</summary>
        public async Task<long?> CountAsync(string condition) =>
            await ReadAsync(observer, $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {condition}");

        public async ValueTask DisposeAsync()
        {
            await held.DisposeAsync();
            await locks.DisposeAsync();
            await observer.DisposeAsync();
            await store.DisposeAsync();
            await place.DisposeAsync();
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string connection)
    {
        var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync();
        return opened;
    }

    private static async Task<long?> ReadAsync(NpgsqlConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written above
        command.CommandText = query;
#pragma warning restore CA2100
        return (long?)await command.ExecuteScalarAsync();
    }
}
