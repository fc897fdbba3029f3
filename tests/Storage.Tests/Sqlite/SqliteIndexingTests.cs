namespace Ecosystem.Storage.Tests;

/// <summary>A file has one process: what a new index costs must not keep that process from its work.</summary>
public sealed class SqliteIndexingTests : IAsyncLifetime
{
    private readonly SqlitePlace _place = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly DocumentType<Clinic> _slow;

    public SqliteIndexingTests() => _slow = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
        .Index("beds", clinic => clinic.Beds)
        .Index("city", clinic => Slowly(clinic).City)
        .IndexMany("theme", clinic => clinic.Themes);

    public async Task InitializeAsync()
    {
        var before = new DocumentType<Clinic>("clinics", clinic => clinic.Id).Index("beds", clinic => clinic.Beds);
        await using var store = await _place.OpenAsync(before);
        await store.SaveAsync([.. Enumerable.Range(0, 1_000).Select(i => new Clinic { Id = $"c{i:0000}", Beds = i, City = "Essen", Themes = { "t" } })]);
    }

    public async Task DisposeAsync()
    {
        _gate.Set();
        await _place.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Documents_are_read_and_written_while_a_new_index_is_computed()
    {
        await using var store = await _place.OpenAsync(_slow);
        var found = store.QueryAsync(DocumentQuery.For(_slow).Where("city", "Essen").Where("theme", "t"));

        Assert.NotNull(await store.LoadAsync<Clinic>("c0900"));
        Assert.Single((await store.QueryAsync(DocumentQuery.For(_slow).Where("beds", 900))).Items);
        await store.SaveAsync(new Clinic { Id = "new", City = "Essen", Themes = { "t" } });
        await ChangeAsync(store, "c0900", clinic => clinic.City = "Herne");
        Assert.False(found.IsCompleted);

        _gate.Set();
        Assert.Equal(1_000, (await found).TotalSize);
        Assert.Equal(["c0900"], (await store.QueryAsync(DocumentQuery.For(_slow).Where("city", "Herne"))).Items.Select(clinic => clinic.Id));
    }

    [Fact]
    public async Task A_start_that_ends_while_it_computes_is_finished_by_the_next()
    {
        await using (await _place.OpenAsync(_slow))
        {
            // Stopped at once: nothing is complete.
        }

        _gate.Set();
        await using var again = await _place.OpenAsync(_slow);

        Assert.Equal(1_000, (await again.QueryAsync(DocumentQuery.For(_slow).Where("city", "Essen"))).TotalSize);
    }

    private Clinic Slowly(Clinic clinic)
    {
        if (clinic.Id == "c0500")
            _gate.Wait();
        return clinic;
    }

    private static async Task ChangeAsync(OpenStore store, string id, Action<Clinic> change)
    {
        await using var session = store.OpenSession();
        var clinic = (await session.LoadAsync<Clinic>(id))!;
        change(clinic);
        session.Store(clinic);
        await session.SaveChangesAsync();
    }
}
