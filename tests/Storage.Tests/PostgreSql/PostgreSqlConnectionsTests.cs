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
        Skip.If(postgres.Server.Missing is not null, postgres.Server.Missing);
        var connection = await postgres.Server.CreateDatabaseAsync();
        await using var place = new PostgreSqlPlace(connection + setting);
        await using var store = await place.OpenAsync(Clinic.Type);
        await store.SaveAsync(new Clinic { Id = "one" });

        await using var observer = await ConnectAsync(connection);
        await using var locks = await ConnectAsync(connection);
        await using var held = await locks.BeginTransactionAsync();
        await ReadAsync(locks, "LOCK TABLE doc_clinics");
        var found = Enumerable.Range(0, callers).Select(_ => Task.Run(async () => await store.LoadAsync<Clinic>("one"))).ToList();
        await Eventually.True(
            async () => await ReadAsync(observer, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == most,
            $"{most} callers wait in the server");
        await held.RollbackAsync();

        Assert.All(await Task.WhenAll(found), Assert.NotNull);
        await locks.CloseAsync();
        await Eventually.True(
            async () => await ReadAsync(observer, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") == most,
            "no more connections were made than that");
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
