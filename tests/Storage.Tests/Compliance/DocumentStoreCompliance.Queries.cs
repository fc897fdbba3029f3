namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    private static DocumentQuery<Clinic> Clinics => DocumentQuery.For(Clinic.Type);

    [SkippableFact]
    public async Task Equality_finds_those_with_the_value()
    {
        await SeedAsync();
        Assert.Equal(["b", "d"], await IdsAsync(Clinics.Where("city", "Essen")));
        Assert.Equal(["c"], await IdsAsync(Clinics.Where("beds", 30)));
        Assert.Empty(await IdsAsync(Clinics.Where("city", "essen")));
    }

    [SkippableFact]
    public async Task Null_finds_those_without_a_value()
    {
        await SeedAsync();
        Assert.Equal(["e"], await IdsAsync(Clinics.Where("city", null)));
        Assert.Equal(["b", "d", "e"], await IdsAsync(Clinics.WhereAny("city", ["Essen", null])));
    }

    [SkippableFact]
    public async Task Any_of_several_values_finds_the_union()
    {
        await SeedAsync();
        Assert.Equal(["a", "b", "d"], await IdsAsync(Clinics.WhereAny("city", ["Bochum", "Essen", "Essen"])));
        Assert.Empty(await IdsAsync(Clinics.WhereAny("city", [])));
    }

    [SkippableFact]
    public async Task Contains_any_finds_documents_once()
    {
        await SeedAsync();
        Assert.Equal(["a", "b"], await IdsAsync(Clinics.WhereAny("theme", ["Gesund", "Wissen"])));
        Assert.Equal(["a"], await IdsAsync(Clinics.Where("theme", "Gesund").Where("theme", "Wissen")));
        Assert.Empty(await IdsAsync(Clinics.WhereAny("theme", [])));
    }

    [SkippableFact]
    public async Task A_range_includes_its_start_and_excludes_its_end()
    {
        await SeedAsync();
        Assert.Equal(["b", "c"], await IdsAsync(Clinics.WhereRange("beds", 20, 40)));
        Assert.Equal(["a", "b"], await IdsAsync(Clinics.WhereRange("beds", null, 30)));
        Assert.Equal(["c", "d"], await IdsAsync(Clinics.WhereRange("beds", 30, null)));
        Assert.Equal(["b"], await IdsAsync(Clinics.WhereRange("opened", Day(2), Day(3))));
    }

    [SkippableFact]
    public async Task A_prefix_is_compared_by_code_point()
    {
        await SeedAsync();
        Assert.Equal(["a", "c"], await IdsAsync(Clinics.WherePrefix("city", "Bo")));
        Assert.Equal(["c"], await IdsAsync(Clinics.WherePrefix("city", "Bott")));
        Assert.Empty(await IdsAsync(Clinics.WherePrefix("city", "%")));
    }

    [SkippableFact]
    public async Task Text_sorts_by_code_point_and_those_without_a_value_come_first()
    {
        await SeedAsync();
        await _store.SaveAsync(new Clinic { Id = "f", City = "Ückendorf" }, new Clinic { Id = "g", City = "aachen" }, new Clinic { Id = "h", City = "😀" });
        Assert.Equal(["e", "a", "c", "b", "d", "g", "f", "h"], await IdsAsync(Clinics.OrderBy("city")));
        Assert.Equal(["h", "f", "g", "d", "b", "c", "a", "e"], await IdsAsync(Clinics.OrderByDescending("city")));
    }

    [SkippableFact]
    public async Task Numbers_and_moments_sort_by_size()
    {
        await _store.SaveAsync(
            new Clinic { Id = "a", Beds = 100, Opened = Day(100) },
            new Clinic { Id = "b", Beds = -5, Opened = Day(-5) },
            new Clinic { Id = "c", Beds = 20, Opened = Day(20).ToOffset(TimeSpan.FromHours(9)) });
        Assert.Equal(["b", "c", "a"], await IdsAsync(Clinics.OrderBy("beds")));
        Assert.Equal(["b", "c", "a"], await IdsAsync(Clinics.OrderBy("opened")));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_show_every_document_once_although_values_repeat_or_are_missing(bool descending)
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 23).Select(i => new Clinic { Id = $"c{i:00}", City = (i % 4) switch { 0 => null, 1 => "Essen", _ => "Herne" } })]);
        var query = descending ? Clinics.OrderByDescending("city") : Clinics.OrderBy("city");
        var whole = await IdsAsync(query);

        var (paged, token) = (new List<string>(), (string?)null);
        do
        {
            var page = await _store.QueryAsync(query.Page(4, token));
            Assert.Equal(23, page.TotalSize);
            Assert.InRange(page.Items.Count, 1, 4);
            paged.AddRange(page.Items.Select(clinic => clinic.Id));
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(23, whole.Count);
        Assert.Equal(whole, paged);
    }

    [SkippableFact]
    public async Task A_page_token_stays_valid_while_documents_come_and_go()
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 6).Select(i => new Clinic { Id = $"c{i}", Beds = i * 10 })]);
        var query = Clinics.OrderBy("beds");
        var first = await _store.QueryAsync(query.Page(3));
        await DeleteAsync("c0");
        await DeleteAsync("c2");
        await _store.SaveAsync(new Clinic { Id = "new", Beds = 5 }, new Clinic { Id = "late", Beds = 45 });

        var second = await _store.QueryAsync(query.Page(9, first.NextPageToken));

        Assert.Equal(["c3", "c4", "late", "c5"], second.Items.Select(clinic => clinic.Id));
        Assert.Null(second.NextPageToken);
    }

    [SkippableFact]
    public async Task A_page_token_of_another_query_is_refused()
    {
        await SeedAsync();
        var token = (await _store.QueryAsync(Clinics.OrderBy("city").Page(1))).NextPageToken;
        await Assert.ThrowsAsync<PageTokenException>(() => _store.QueryAsync(Clinics.OrderBy("beds").Page(1, token)));
        await Assert.ThrowsAsync<PageTokenException>(() => _store.QueryAsync(Clinics.Where("city", "Essen").OrderBy("city").Page(1, token)));
    }

    [SkippableTheory]
    [InlineData("?")]
    [InlineData("AAAA")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    public async Task A_malformed_page_token_is_refused(string token) =>
        await Assert.ThrowsAsync<PageTokenException>(() => _store.QueryAsync(Clinics.Page(1, token)));

    [SkippableFact]
    public async Task The_page_size_has_a_default_and_a_limit()
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 60).Select(i => new Clinic { Id = $"c{i}" })]);
        Assert.Equal(50, (await _store.QueryAsync(Clinics.Page(0))).Items.Count);
        Assert.Equal(60, (await _store.QueryAsync(Clinics.Page(int.MaxValue))).Items.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Clinics.Page(-1));
    }

    [SkippableFact]
    public async Task Not_counting_leaves_the_total_out()
    {
        await SeedAsync();
        Assert.Equal(-1, (await _store.QueryAsync(Clinics.WithoutTotal())).TotalSize);
    }

    [SkippableFact]
    public async Task An_index_that_is_not_declared_is_refused_with_those_that_are() =>
        Assert.Contains("city, beds", Assert.Throws<ArgumentException>(() => Clinics.Where("name", "x")).Message, StringComparison.Ordinal);

    [SkippableFact]
    public async Task Changed_values_are_found_under_the_new_and_not_under_the_old()
    {
        await SeedAsync();
        await using (var session = _store.OpenSession())
        {
            var clinic = (await session.LoadAsync<Clinic>("a"))!;
            session.Store(clinic with { City = "Witten", Themes = ["Mobil"] });
            await session.SaveChangesAsync();
        }

        Assert.Equal(["a"], await IdsAsync(Clinics.Where("city", "Witten").Where("theme", "Mobil")));
        Assert.Empty(await IdsAsync(Clinics.Where("city", "Bochum")));
        Assert.Equal(["b"], await IdsAsync(Clinics.Where("theme", "Gesund")));
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);

    private Task SeedAsync() => _store.SaveAsync(
        new Clinic { Id = "a", City = "Bochum", Beds = 10, Opened = Day(1), Themes = { "Gesund", "Wissen" } },
        new Clinic { Id = "b", City = "Essen", Beds = 20, Opened = Day(2), Themes = { "Gesund" } },
        new Clinic { Id = "c", City = "Bottrop", Beds = 30, Opened = Day(3) },
        new Clinic { Id = "d", City = "Essen", Beds = 40, Opened = Day(4), Themes = { "Arbeit" } },
        new Clinic { Id = "e" });

    private async Task<List<string>> IdsAsync(DocumentQuery<Clinic> query) =>
        [.. (await _store.QueryAsync(query)).Items.Select(clinic => clinic.Id)];
}
