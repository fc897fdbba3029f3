using Ecosystem.Storage.PostgreSql;

namespace Ecosystem.Storage.Tests;

[Collection(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlComplianceTests(PostgreSqlFixture postgres) : DocumentStoreCompliance
{
    protected override async Task<StoreUnderTest> CreatePlaceAsync() => new PostgreSqlPlace(await postgres.Server.CreateDatabaseAsync());

    [SkippableFact]
    public async Task Replicas_that_start_together_on_a_new_store_do_not_wait_for_each_other()
    {
        await using var place = new PostgreSqlPlace(await postgres.Server.CreateDatabaseAsync());

        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.OpenAsync(Clinic.Type))));

        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [SkippableFact]
    public async Task Documents_an_older_replica_writes_during_a_roll_out_are_found_by_the_new_indexes()
    {
        var connection = await postgres.Server.CreateDatabaseAsync();
        await using var place = new PostgreSqlPlace(connection);
        await using var older = await place.OpenAsync(new DocumentType<Clinic>("clinics", clinic => clinic.Id));
        await older.SaveAsync(new Clinic { Id = "before", City = "Essen" });
        await using var newer = await place.OpenAsync(Clinic.Type);
        await older.SaveAsync(new Clinic { Id = "meanwhile", City = "Essen" });

        await using var database = new PostgreSqlDatabase(connection);
        var schema = new PostgreSqlSchema(database, new DocumentTypes().Add(Clinic.Type), TimeProvider.System);
        await schema.BringUpToDateAsync(default);
        Assert.True(await schema.FollowOlderReleasesAsync(default));

        var found = await newer.QueryAsync(DocumentQuery.For(Clinic.Type).Where("city", "Essen"));
        Assert.Equal(["before", "meanwhile"], found.Items.Select(clinic => clinic.Id));
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
