using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

[Collection(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlComplianceTests(PostgreSqlFixture postgres, ITestOutputHelper output) : DocumentStoreCompliance(output)
{
    private protected override async Task<StoreUnderTest> CreatePlaceAsync(StorageOptions options) =>
        new PostgreSqlPlace(await postgres.Server.CreateDatabaseAsync()) { Options = options };

    [SkippableFact]
    public async Task Replicas_that_start_together_on_a_new_store_do_not_wait_for_each_other()
    {
        await using var place = new PostgreSqlPlace(await postgres.Server.CreateDatabaseAsync());

        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.OpenAsync(Clinic.Type))));

        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_store_moves_from_a_file_to_a_server_by_a_backup()
    {
        await using var file = new SqlitePlace();
        await using var small = await file.OpenAsync(Clinic.Type);
        await small.SaveAsync(new Clinic { Id = "c1", City = "Essen", Themes = { "Gesund" } });
        using var backup = new MemoryStream();
        await small.Backup.WriteAsync(backup);
        backup.Position = 0;
        await using var place = await CreatePlaceAsync();
        await using var large = await place.OpenAsync(Clinic.Type);

        await large.Backup.RestoreAsync(backup);

        Assert.Single((await large.QueryAsync(DocumentQuery.For(Clinic.Type).Where("theme", "Gesund"))).Items);
    }
}
