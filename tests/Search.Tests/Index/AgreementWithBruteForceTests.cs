using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Search.Tests.Index;

/// <summary>Whatever was written and deleted before, the index answers like a scan of the documents that are left.</summary>
public sealed class AgreementWithBruteForceTests
{
    private static readonly string[] Vocabulary =
        ["Diabetes", "Register", "Pflege", "Krankenhäuser", "Kinder", "children", "hospitals", "study", "Studien", "sygehuse", "imaging", "Bochum"];

    private static readonly string[] Themes = ["HEAL", "SOCI", "TECH"];

    private static readonly string[] Areas = ["05911000", "05913000", "05913", "10041000"];

    private static readonly Gen<SearchField[]> Fields =
        from title in Gen.ArrayOf(Gen.Elements(Vocabulary), 3)
        from text in Gen.Choose(0, 12).SelectMany(length => Gen.ArrayOf(Gen.Elements(Vocabulary), length))
        from language in Gen.Elements("de", "en", "da", null)
        from themes in Gen.SubListOf(Themes)
        from area in Gen.Elements(Areas)
        from year in Gen.Choose(2000, 2020)
        from length in Gen.Choose(0, 5)
        select (SearchField[])
        [
            SearchField.Text("title", string.Join(' ', title), language), SearchField.Text("text", string.Join(", ", text), language),
            .. themes.Select(theme => SearchField.Keyword("theme", theme)), SearchField.Keyword("area", area), SearchField.Range("period", year, year + length),
        ];

    private static readonly Gen<(string Id, SearchField[]? Fields)> Change =
        from number in Gen.Choose(0, 30)
        from fields in Gen.Frequency((4, Fields.Select(fields => (SearchField[]?)fields)), (1, Gen.Constant((SearchField[]?)null)))
        select ($"doc-{number:00}", fields);

    private static readonly Gen<SearchFilter> Filter = Gen.OneOf(
        Gen.SubListOf(Themes).Select(values => SearchFilter.AnyOf("theme", [.. values])),
        Gen.SubListOf(Themes).Select(values => SearchFilter.NoneOf("theme", [.. values])),
        Gen.Elements("05", "05913", "10", "99").Select(prefix => SearchFilter.StartsWith("area", prefix)),
        Gen.Choose(1998, 2022).Select(year => SearchFilter.Overlaps("period", year, year + 2)));

    private static readonly Gen<Scenario> Scenarios =
        from changes in Gen.Choose(0, 80).SelectMany(count => Gen.ListOf(Change, count))
        from words in Gen.SubListOf(Vocabulary)
        from all in Gen.Elements(true, false)
        from filters in Gen.Choose(0, 2).SelectMany(count => Gen.ListOf(Filter, count))
        select new Scenario([.. changes], [.. words.Take(3)], all, [.. filters]);

    [Fact]
    public void Hits_scores_and_order_are_those_of_a_scan() => Prop.ForAll(Scenarios.ToArbitrary(), scenario =>
    {
        (SearchIndex index, BruteForce scan) = Play(scenario);
        List<(string Id, double Score)> expected = scan.Rank(scenario.Words, scenario.All, scenario.Filters);

        SearchResult found = index.Search(scenario.Query with { PageSize = 100 });

        Assert.Equal(expected.Select(hit => hit.Id), ByRoundedScore(found.Hits));
        Assert.Equal(expected.Count, found.TotalHits);
        Assert.All(expected.Zip(found.Hits.OrderByDescending(hit => Math.Round(hit.Score, 9)).ThenBy(hit => hit.Id, StringComparer.Ordinal)),
            pair => Assert.Equal(pair.First.Score, pair.Second.Score, 9));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pages_put_together_are_the_whole_list() => Prop.ForAll(Scenarios.ToArbitrary(), scenario =>
    {
        (SearchIndex index, _) = Play(scenario);
        var paged = new List<string>();
        SearchQuery query = scenario.Query with { PageSize = 3 };
        for (string? token = ""; token is not null;)
        {
            SearchResult page = index.Search(query with { PageToken = token });
            paged.AddRange(page.Hits.Select(hit => hit.Id));
            token = page.NextPageToken;
        }

        Assert.Equal(index.Search(scenario.Query with { PageSize = 100 }).Hits.Select(hit => hit.Id), paged);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Facets_count_what_was_found() => Prop.ForAll(Scenarios.ToArbitrary(), scenario =>
    {
        (SearchIndex index, BruteForce scan) = Play(scenario);

        SearchResult found = index.Search(scenario.Query with { PageSize = 0, Facets = ["theme", "area"] });

        foreach (string facet in (string[])["theme", "area"])
        {
            SearchFilter[] others = [.. scenario.Filters.Where(filter => filter.Field != facet)];
            Dictionary<string, long> expected = scan.Count(scan.Rank(scenario.Words, scenario.All, others).Select(hit => hit.Id), facet);
            Assert.Equal(
                expected.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value)),
                found.Facets[facet].Select(value => (value.Value, value.Count)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reasons_add_up_to_the_score() => Prop.ForAll(Scenarios.ToArbitrary(), scenario =>
    {
        (SearchIndex index, _) = Play(scenario);

        SearchResult found = index.Search(scenario.Query with { Explain = true, PageSize = 100 });

        Assert.All(found.Hits, hit => Assert.Equal(hit.Score, hit.Reasons.Sum(reason => reason.Weight), 9));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<string> ByRoundedScore(IReadOnlyList<SearchHit> hits) =>
        hits.OrderByDescending(hit => Math.Round(hit.Score, 9)).ThenBy(hit => hit.Id, StringComparer.Ordinal).Select(hit => hit.Id);

    private static (SearchIndex Index, BruteForce Scan) Play(Scenario scenario)
    {
        SearchSchema schema = new SearchSchema().Text("title", boost: 3, lengthNormalization: 0.5).Text("text").Keyword("theme").Keyword("area").Range("period");
        var index = new SearchIndex(schema);
        var scan = new BruteForce(schema);
        foreach ((string id, SearchField[]? fields) in scenario.Changes)
        {
            if (fields is null)
            {
                index.Remove(id);
                scan.Remove(id);
                continue;
            }
            index.Put(id, fields);
            scan.Put(new SearchDocument(id, fields));
        }
        return (index, scan);
    }

    private sealed record Scenario((string Id, SearchField[]? Fields)[] Changes, string[] Words, bool All, SearchFilter[] Filters)
    {
        internal SearchQuery Query => new()
        {
            Text = string.Join(' ', Words), Words = All ? WordMatch.All : WordMatch.Any, Filters = Filters,
            TolerateTypos = false, ExpandCompounds = false, Nearness = 0,
        };
    }
}
