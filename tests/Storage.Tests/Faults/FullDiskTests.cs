using Npgsql;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>A full disk refuses writes, serves reads and needs no repair: on a real file system of a few megabytes, where mounting one is allowed.</summary>
[Collection(nameof(PostgreSqlFixture))]
public sealed class FullDiskTests(PostgreSqlFixture postgres, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_file_on_a_full_disk()
    {
        using var disk = SmallDisk.Mount(megabytes: 2);
        await using var store = await OpenStore.OpenAsync(
            StoreKind.Sqlite, Path.Combine(disk.Path, "documents.db"), new StorageOptions(), TimeProvider.System, Clinic.Type);
        await FillAsync("SQLite", disk, store);
    }

    /// <summary>The tables are on the small disk; a server whose own log has no room stops, which is another matter (<see cref="PostgreSqlCrashTests"/>).</summary>
    [SkippableFact]
    public async Task A_server_on_a_full_disk()
    {
        var connection = await postgres.Server.CreateDatabaseAsync();
        Skip.If(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "the server is not on this machine");
        using var disk = SmallDisk.Mount(megabytes: 20, owner: "nobody");
        var tables = new NpgsqlConnectionStringBuilder(connection) { Pooling = false };
        await ExecuteAsync(tables, $"CREATE TABLESPACE small LOCATION '{disk.Path}/tables'");
        await ExecuteAsync(tables, $"ALTER DATABASE {tables.Database} SET default_tablespace = small");
        await using (var store = await new PostgreSqlPlace(connection).OpenAsync(Clinic.Type))
            await FillAsync("PostgreSQL", disk, store);

        await using (var source = NpgsqlDataSource.Create(connection))
            source.Clear();
        await ExecuteAsync(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }, $"DROP DATABASE {tables.Database} WITH (FORCE)");
        await ExecuteAsync(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }, "DROP TABLESPACE small");
    }

    private async Task FillAsync(string name, SmallDisk disk, OpenStore store)
    {
        await disk.OccupyAsync();

        var (stored, refusal) = (0, (StoreUnavailableException?)null);
        while (refusal is null)
        {
            try
            {
                await store.SaveAsync(Large(stored));
                stored++;
            }
            catch (StoreUnavailableException full)
            {
                refusal = full;
            }
        }

        Assert.Matches("^Nothing was written: .* no room left", refusal.Message);
        Assert.Equal(stored, (await store.QueryAsync(DocumentQuery.For(Clinic.Type))).TotalSize);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.SaveAsync(Large(stored)));

        Assert.Equal(stored, (await store.QueryAsync(DocumentQuery.For(Clinic.Type))).TotalSize);

        disk.Free();
        await store.SaveAsync(Large(stored));
        Assert.Equal(stored + 1, (await store.QueryAsync(DocumentQuery.For(Clinic.Type))).TotalSize);
        output.WriteLine($"{name}: disk full after {stored} documents: 2 writes refused, {stored} documents still read, {stored + 1} once there was room: \"{refusal.Message}\"");
    }

    /// <summary>Random text: compressed, it would take no room.</summary>
    private static Clinic Large(int number) => new()
    {
        Id = $"c{number:00000}",
        Contract = new Google.Protobuf.WellKnownTypes.Api { Name = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20_000)) },
    };

    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder where, string sql)
    {
        await using var connection = new NpgsqlConnection(where.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // made here
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
