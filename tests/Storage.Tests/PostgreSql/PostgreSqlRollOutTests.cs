using System.Globalization;
using Ecosystem.Storage.PostgreSql;
using Npgsql;

namespace Ecosystem.Storage.Tests;

/// <summary>Replicas of two releases share a store for a while; each finds what both write.</summary>
[Collection(nameof(PostgreSqlFixture))]
public sealed class PostgreSqlRollOutTests(PostgreSqlFixture postgres) : IAsyncLifetime
{
    private static readonly DocumentType<Clinic> Plain = new("clinics", clinic => clinic.Id);

    private static readonly DocumentType<Clinic> BedsAsText = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
        .Index("beds", clinic => clinic.Beds?.ToString("'about '000", CultureInfo.InvariantCulture));

    private static readonly DocumentType<Clinic> UniqueCity = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
        .Unique("city", clinic => clinic.City);

    private string _connection = "";
    private PostgreSqlPlace _place = null!;

    public async Task InitializeAsync()
    {
        _connection = postgres.Server.Missing is null ? await postgres.Server.CreateDatabaseAsync() : "";
        _place = new PostgreSqlPlace(_connection);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [SkippableFact]
    public async Task What_the_older_release_writes_is_found_by_the_new_index()
    {
        await using var older = await OpenAsync(Plain);
        await older.SaveAsync(new Clinic { Id = "before", City = "Essen" });
        await using var newer = await OpenAsync(Clinic.Type);
        await older.SaveAsync(new Clinic { Id = "meanwhile", City = "Essen" });

        Assert.Empty((await FollowAsync(Clinic.Type))!);

        Assert.Equal(["before", "meanwhile"], await IdsAsync(newer, Clinic.Type, "city", "Essen"));
    }

    [SkippableFact]
    public async Task A_replica_of_the_older_release_that_starts_again_takes_nothing_from_the_newer()
    {
        await using var older = await OpenAsync(Plain);
        await older.SaveAsync(new Clinic { Id = "before", City = "Essen" });
        await using var newer = await OpenAsync(Clinic.Type);
        await newer.SaveAsync(new Clinic { Id = "new", City = "Essen" });

        await using var again = await OpenAsync(Plain);
        await FollowAsync(Plain);

        Assert.Equal(["before", "new"], await IdsAsync(newer, Clinic.Type, "city", "Essen"));
        Assert.Contains("doc_clinics_city_text_1", await IndexesAsync());
    }

    [SkippableFact]
    public async Task An_index_that_compares_otherwise_in_the_new_release_serves_both()
    {
        await using var older = await OpenAsync(Clinic.Type);
        await older.SaveAsync(new Clinic { Id = "old", Beds = 20 });
        await using var newer = await OpenAsync(BedsAsText);
        await newer.SaveAsync(new Clinic { Id = "new", Beds = 20 });
        await older.SaveAsync(new Clinic { Id = "later", Beds = 20 });
        await FollowAsync(Clinic.Type);
        await FollowAsync(BedsAsText);

        Assert.Equal(["later", "new", "old"], await IdsAsync(older, Clinic.Type, "beds", 20));
        Assert.Equal(["later", "new", "old"], await IdsAsync(newer, BedsAsText, "beds", "about 020"));
    }

    [SkippableFact]
    public async Task An_index_that_is_no_longer_declared_goes_when_no_older_release_can_be_left()
    {
        await using var older = await OpenAsync(Clinic.Type);
        await using var newer = await OpenAsync(Plain);
        Assert.NotNull(await FollowAsync(Plain));
        Assert.Contains("doc_clinics_city_text_1", await IndexesAsync());

        await ExecuteAsync("UPDATE indexes SET retired = retired - interval '2 hours'");
        Assert.Null(await FollowAsync(Plain));

        Assert.DoesNotContain("doc_clinics_city_text_1", await IndexesAsync());
    }

    [SkippableFact]
    public async Task A_release_that_goes_back_finds_what_was_written_without_its_index()
    {
        await using (await OpenAsync(Clinic.Type))
        await using (var newer = await OpenAsync(Plain))
            await newer.SaveAsync(new Clinic { Id = "c1", City = "Essen" });

        await using var back = await OpenAsync(Clinic.Type);

        Assert.Equal(["c1"], await IdsAsync(back, Clinic.Type, "city", "Essen"));
    }

    [SkippableFact]
    public async Task A_value_that_need_not_be_unique_any_more_is_not_refused_by_the_older_index()
    {
        await using var older = await OpenAsync(UniqueCity);
        await older.SaveAsync(new Clinic { Id = "a", City = "Essen" });
        await using var newer = await OpenAsync(Clinic.Type);

        await newer.SaveAsync(new Clinic { Id = "b", City = "Essen" });

        Assert.Equal(["a", "b"], await IdsAsync(newer, Clinic.Type, "city", "Essen"));
    }

    [SkippableFact]
    public async Task A_document_whose_unique_value_the_older_release_let_repeat_is_named()
    {
        await using var older = await OpenAsync(Plain);
        await older.SaveAsync(new Clinic { Id = "a", City = "Essen" });
        await using var newer = await OpenAsync(UniqueCity);
        await older.SaveAsync(new Clinic { Id = "b", City = "Essen" });

        Assert.Equal(["b"], (await FollowAsync(UniqueCity))!);

        Assert.Empty((await FollowAsync(UniqueCity))!);
        Assert.Equal(["a"], await IdsAsync(newer, UniqueCity, "city", "Essen"));
        await using var session = newer.OpenSession();
        session.Store((await session.LoadAsync<Clinic>("b"))!);
        await Assert.ThrowsAsync<UniqueConstraintException>(() => session.SaveChangesAsync());
    }

    [SkippableFact]
    public async Task Long_names_are_told_apart_although_the_server_cuts_them()
    {
        var name = new string('i', 38);
        var type = new DocumentType<Clinic>(new string('t', 40), clinic => clinic.Id)
            .Unique(name + "_1", clinic => clinic.City).Unique(name + "_2", clinic => clinic.RegisterNumber);
        await using var store = await OpenAsync(type);
        await store.SaveAsync(new Clinic { Id = "a", RegisterNumber = "r" });

        var refusal = await Assert.ThrowsAsync<UniqueConstraintException>(() => store.SaveAsync(new Clinic { Id = "b", RegisterNumber = "r" }));

        Assert.Equal(name + "_2", refusal.Index);
    }

    [SkippableFact]
    public async Task What_a_relay_of_the_older_release_has_claimed_is_left_to_it()
    {
        await using var older = await OpenAsync(Plain);
        await using (var session = older.OpenSession())
        {
            session.Publish(new Google.Protobuf.WellKnownTypes.Api(), "s1");
            session.Publish(new Google.Protobuf.WellKnownTypes.Api(), "s2");
            await session.SaveChangesAsync();
        }

        await ExecuteAsync("""
            DROP TABLE claims;
            DROP INDEX outbox_until;
            CREATE INDEX outbox_subject ON outbox (topic, subject, position);
            UPDATE outbox SET relay = 'older', until = now() + interval '20 seconds' WHERE subject = 's1'
            """); // a store as that release made it, and its claim

        await using var newer = await OpenAsync(Plain);

        Assert.Equal(["s2"], (await newer.Outbox.ClaimAsync("newer", new(10), TimeSpan.FromSeconds(20), default)).Select(claim => claim.Event.Subject));
    }

    private Task<OpenStore> OpenAsync(DocumentType type)
    {
        Skip.If(_connection.Length == 0, postgres.Server.Missing);
        return _place.OpenAsync(type);
    }

    /// <summary>What a replica of a release does every ten seconds.</summary>
    private async Task<IReadOnlyList<string>?> FollowAsync(DocumentType type)
    {
        await using var database = new PostgreSqlDatabase(_connection);
        return await new PostgreSqlSchema(database, new DocumentTypes().Add(type), TimeProvider.System).FollowOtherReleasesAsync(default);
    }

    private static async Task<IEnumerable<string>> IdsAsync(OpenStore store, DocumentType<Clinic> type, string index, object value) =>
        (await store.QueryAsync(DocumentQuery.For(type).Where(index, value))).Items.Select(clinic => clinic.Id);

    private async Task<List<string>> IndexesAsync()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        return await connection.RowsAsync("SELECT indexname::text FROM pg_indexes WHERE tablename = 'doc_clinics'", row => row.GetString(0), default);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, default);
    }
}
