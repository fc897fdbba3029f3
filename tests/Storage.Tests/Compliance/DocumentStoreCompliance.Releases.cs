using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    private sealed record RicherClinic(string Id, string? City, string Phone, RicherWard[] Wards, Dictionary<string, string> Notes)
    {
        public static readonly DocumentType<RicherClinic> Type = new("clinics", clinic => clinic.Id);
    }

    private sealed record RicherWard(string Id, int Beds, string Colour);

    private sealed record PlainClinic(string Id, string? City, List<PlainWard> Wards)
    {
        public static readonly DocumentType<PlainClinic> Type = new("clinics", clinic => clinic.Id);
    }

    private sealed record PlainWard(string Id, int Beds);

    private sealed record RenamedClinic(string Id, string Town)
    {
        public static readonly DocumentType<RenamedClinic> Type = new DocumentType<RenamedClinic>("clinics", clinic => clinic.Id)
            .Index("town", clinic => clinic.Town)
            .Upgrade(body => body["town"] = "?" + body["city"])
            .Upgrade(body => body["town"] = body["town"]!.GetValue<string>() + "!");
    }

    [SkippableFact]
    public async Task Members_this_release_does_not_know_survive_load_and_store()
    {
        var newer = await ReopenAsync(RicherClinic.Type);
        await newer.SaveAsync(new RicherClinic("c1", "Essen", "0201", [new("w1", 1, "blue"), new("w2", 2, "red"), new("w3", 3, "green")], new() { ["de"] = "x" }));

        var older = await ReopenAsync(PlainClinic.Type);
        await using (var session = older.OpenSession())
        {
            var clinic = (await session.LoadAsync<PlainClinic>("c1"))!;
            session.Store(clinic with { City = null, Wards = [clinic.Wards[2], clinic.Wards[0] with { Beds = 9 }, new PlainWard("w4", 4)] });
            await session.SaveChangesAsync();
        }

        newer = await ReopenAsync(RicherClinic.Type);
        var kept = (await newer.LoadAsync<RicherClinic>("c1"))!;
        Assert.Equal((null, "0201", "x"), (kept.City, kept.Phone, kept.Notes["de"]));
        Assert.Equal([new("w3", 3, "green"), new("w1", 9, "blue"), new("w4", 4, null!)], kept.Wards);
    }

    [SkippableFact]
    public async Task Fields_a_contract_gained_survive_an_older_release()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", Contract = new Api { Name = "n", Version = "v" } });
        var raw = await _store.Engine.FindAsync(Clinic.Type, "c1", default);
        var body = JsonNode.Parse(raw!.Body)!.AsObject();
        body["contract"]!["addedLater"] = new JsonObject { ["x"] = 1 };
        await _store.Engine.CommitAsync(new ChangeSet(
            [], [new DocumentWrite(Clinic.Type, "c1", new Guard.Seen(raw.Revision), body.ToJsonString(), [[null], [null], [null], [], [null]])], [], [], default), default);

        await ChangeAsync("c1", clinic => clinic.Contract!.Version = "");

        var after = JsonNode.Parse((await _store.Engine.FindAsync(Clinic.Type, "c1", default))!.Body)!;
        Assert.Equal(1, after["contract"]!["addedLater"]!["x"]!.GetValue<int>());
        Assert.Equal("n", after["contract"]!["name"]!.GetValue<string>());
        Assert.Null(after["contract"]!["version"]);
    }

    [SkippableFact]
    public async Task Old_versions_are_upgraded_step_by_step_and_found_by_their_new_indexes()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", City = "Essen" });

        var release = await ReopenAsync(RenamedClinic.Type);

        Assert.Equal("?Essen!", (await release.LoadAsync<RenamedClinic>("c1"))!.Town);
        Assert.Single((await release.QueryAsync(DocumentQuery.For(RenamedClinic.Type).Where("town", "?Essen!"))).Items);
    }

    [SkippableFact]
    public async Task An_upgraded_document_is_written_back_in_the_new_version()
    {
        await _store.SaveAsync(new Clinic { Id = "c1", City = "Essen" });
        var release = await ReopenAsync(RenamedClinic.Type);
        await using (var session = release.OpenSession())
        {
            session.Store((await session.LoadAsync<RenamedClinic>("c1"))! with { Town = "Herne" });
            await session.SaveChangesAsync();
        }

        Assert.Equal(3, (await release.Engine.FindAsync(RenamedClinic.Type, "c1", default))!.Version);
        Assert.Equal("Herne", (await release.LoadAsync<RenamedClinic>("c1"))!.Town);
    }

    [SkippableFact]
    public async Task A_store_written_by_a_newer_release_is_refused()
    {
        await ReopenAsync(RenamedClinic.Type);
        await _store.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<StoreDamagedException>(() => _place.OpenAsync(PlainClinic.Type));

        Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_index_declared_later_finds_what_was_stored_before()
    {
        var before = await ReopenAsync(new DocumentType<Clinic>("clinics", clinic => clinic.Id));
        await before.SaveAsync([.. Enumerable.Range(0, 1100).Select(i => new Clinic { Id = $"c{i:0000}", City = i == 1000 ? "Essen" : "Herne", Themes = { $"t{i % 100}" } })]);

        await ReopenAsync(Clinic.Type);

        Assert.Equal(["c1000"], await IdsAsync(Clinics.Where("city", "Essen")));
        Assert.Equal(11, (await _store.QueryAsync(Clinics.Where("theme", "t7"))).TotalSize);
    }

    [SkippableFact]
    public async Task An_index_whose_computation_was_cut_off_is_completed_by_the_next_start()
    {
        var plain = new DocumentType<Clinic>("clinics", clinic => clinic.Id);
        var failing = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
            .Index("city", clinic => clinic.Id == "c0700" ? throw new InvalidOperationException("cut off") : clinic.City);
        var before = await ReopenAsync(plain);
        await before.SaveAsync([.. Enumerable.Range(0, 1_100).Select(i => new Clinic { Id = $"c{i:0000}", City = "Essen", Themes = { "t" } })]);
        await before.DisposeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var store = await _place.OpenAsync(failing);
            await store.QueryAsync(DocumentQuery.For(failing).Where("city", "Essen"));
        });

        _store = await _place.OpenAsync(Clinic.Type);

        Assert.Equal(1_100, (await _store.QueryAsync(Clinics.Where("city", "Essen").Where("theme", "t"))).TotalSize);
    }

    [SkippableFact]
    public async Task An_index_may_change_its_kind_and_may_go()
    {
        await SeedAsync();
        var changed = new DocumentType<Clinic>("clinics", clinic => clinic.Id)
            .Index("beds", clinic => clinic.Beds?.ToString("000", System.Globalization.CultureInfo.InvariantCulture));

        var release = await ReopenAsync(changed);

        Assert.Equal(["b"], (await release.QueryAsync(DocumentQuery.For(changed).Where("beds", "020"))).Items.Select(clinic => clinic.Id));
        await ReopenAsync(Clinic.Type);
        Assert.Equal(["b", "d"], await IdsAsync(Clinics.Where("city", "Essen")));
    }

    [SkippableFact]
    public async Task A_unique_index_over_values_that_repeat_is_refused_naming_the_documents()
    {
        await SeedAsync();
        await _store.DisposeAsync();
        var unique = new DocumentType<Clinic>("clinics", clinic => clinic.Id).Unique("city", clinic => clinic.City);

        var refusal = await Assert.ThrowsAsync<StoreDamagedException>(() => _place.OpenAsync(unique));

        Assert.Contains("b, d", refusal.Message, StringComparison.Ordinal);
        await ReopenAsync(Clinic.Type);
        Assert.Equal(["b", "d"], await IdsAsync(Clinics.Where("city", "Essen")));
    }
}
