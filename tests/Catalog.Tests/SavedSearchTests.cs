using System.Net;
using System.Xml.Linq;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.SavedSearches;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>A catalogue in which people keep few searches.</summary>
public sealed class FewSavedSearchesHost : CatalogHost
{
    protected override void Configure(IWebHostBuilder host) => host.UseSetting("Catalog:SavedSearches:MostPerPerson", "3");
}

public sealed class SavedSearchTests(CatalogHost catalog, FewSavedSearchesHost few) : IClassFixture<CatalogHost>, IClassFixture<FewSavedSearchesHost>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly DataAssetService.DataAssetServiceClient _holder = catalog.DataAssets(TestTokens.Holder);
    private readonly SavedSearchService.SavedSearchServiceClient _person = catalog.SavedSearches(TestTokens.Of("analytics", "analyst"));

    [Fact]
    public async Task A_person_hears_of_an_asset_that_newly_matches_once_and_not_of_its_further_changes()
    {
        SavedSearch saved = await SaveAsync("Wundheilung", notifyByEvent: true);
        DataAsset asset = await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("Verlauf der Wundheilungen") });
        await ChangeAsync(asset, "Wundheilung im Verlauf");

        SavedSearchMatch match = Assert.Single(await NewAsync(saved));
        Assert.Equal((asset.Id, 1), (match.DataAsset.Id, match.Version));
        PublishedEvent told = Assert.Single(await catalog.Sidecar.AboutAsync(saved.Id));
        Assert.Equal(("catalog.saved-searches", "ecosystem.catalog.events.v1.SavedSearchMatched"), (told.Topic, told.Type));
        Assert.Equal(asset.Id, told.Data.GetProperty("dataAsset").GetProperty("id").GetString());
        Assert.DoesNotContain("subject-of", told.Data.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_that_stops_matching_and_matches_again_is_told_of_again()
    {
        SavedSearch saved = await SaveAsync("Hagebutte", notifyByEvent: true);
        DataAsset asset = await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("Hagebutte") });
        await ChangeAsync(asset, "Schlehe");
        await ChangeAsync(asset, "Hagebutte und Schlehe");

        Assert.Equal([3, 1], (await NewAsync(saved)).Select(m => m.Version));
        Assert.Equal(["1", "3"], (await catalog.Sidecar.AboutAsync(saved.Id, atLeast: 2)).Select(e => e.Data.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task What_is_not_public_is_not_told_of_until_it_is_published()
    {
        SavedSearch saved = await SaveAsync("Schlafapnoe", notifyByFeed: true);
        DataAsset draft = DataAsset("Schlafapnoe im Schlaflabor");
        draft.State = PublicationState.Draft;
        draft = await _holder.CreateDataAssetAsync(new() { DataAsset = draft });
        Assert.Empty(await NewAsync(saved));

        draft = await _holder.TransitionDataAssetAsync(new() { Id = draft.Id, State = PublicationState.Published });
        Assert.Equal(draft.Id, Assert.Single(await NewAsync(saved)).DataAsset.Id);

        await _holder.TransitionDataAssetAsync(new() { Id = draft.Id, State = PublicationState.Withdrawn, Reason = Text("Wird nicht mehr erhoben.") });
        Assert.Empty(await NewAsync(saved));
        Assert.Empty((await FeedAsync(saved)).Elements(Atom + "entry"));
    }

    [Theory]
    [InlineData("Krebsregister", "Daten aus dem Register", false)] // a part of the word is another thing
    [InlineData("Versicherung", "Angaben der Krankenversicherung", true)] // a compound is a kind of it
    [InlineData("Diabetes Kinder", "Diabetes bei Erwachsenen", false)] // every word
    [InlineData("Diabetes Kinder", "Diabetes bei einem Kind", true)]
    [InlineData("\"seltene Erkrankung\"", "Erkrankungen, die selten sind", false)]
    [InlineData("\"seltene Erkrankung\"", "Register seltener Erkrankungen", true)]
    [InlineData("Asthma -Kinder", "Asthma bei Kindern", false)]
    [InlineData("Asthma -Kinder", "Asthma im Alter", true)]
    [InlineData("Muetter", "Befragung der Mütter", true)]
    [InlineData("Asthmy", "Asthma im Alter", false)] // no guessing
    public async Task Words_mean_what_they_mean_in_a_search_but_all_of_them_must_be_there(string words, string title, bool matches)
    {
        SavedSearch saved = await SaveAsync(words);
        DataAsset asset = await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset(title) });

        Assert.Equal(matches, (await NewAsync(saved)).Any(m => m.DataAsset.Id == asset.Id));
    }

    [Fact]
    public async Task Conditions_hold_with_words_and_without()
    {
        const string Theme = "http://publications.europa.eu/resource/authority/data-theme/TRAN";
        SavedSearch theme = await SaveAsync(new SearchDataAssetsRequest { Themes = { Theme } });
        SavedSearch saarland = await SaveAsync(new SearchDataAssetsRequest { AreaKey = "10" });
        SavedSearch both = await SaveAsync(new SearchDataAssetsRequest { Query = "Rettungsdienst", AreaKey = "10" });
        DataAsset asset = DataAsset("Einsätze im Rettungsdienst");
        asset.Themes.Add(Theme);
        string id = (await _holder.CreateDataAssetAsync(new() { DataAsset = asset })).Id;
        Assert.Equal([id], (await NewAsync(theme)).Select(m => m.DataAsset.Id));
        Assert.Empty(await NewAsync(saarland));
        Assert.Empty(await NewAsync(both));

        await _holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = id, Areas = { new Common.V1.Area { Key = "10041" } } } });
        Assert.Equal([id], (await NewAsync(saarland)).Select(m => m.DataAsset.Id));
        Assert.Equal([id], (await NewAsync(both)).Select(m => m.DataAsset.Id));
    }

    [Fact]
    public async Task What_was_seen_is_no_longer_new_and_a_paused_search_finds_nothing()
    {
        SavedSearch saved = await SaveAsync("Ergotherapie");
        await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("Ergotherapie nach Schlaganfall") });
        Timestamp seen = Assert.Single(await NewAsync(saved)).MatchTime;

        saved = await _person.UpdateSavedSearchAsync(new() { SavedSearch = new SavedSearch { Id = saved.Id, SeenUntil = seen, Paused = true } });
        Assert.Empty(await NewAsync(saved));
        Assert.Single((await _person.ListSavedSearchMatchesAsync(new() { Id = saved.Id, IncludeSeen = true })).Matches);
        await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("Ergotherapie im Alter") });
        Assert.Empty(await NewAsync(saved));

        await _person.UpdateSavedSearchAsync(new() { SavedSearch = new SavedSearch { Id = saved.Id }, UpdateMask = FieldMask.FromString("paused") });
        DataAsset third = await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("Ergotherapie bei Kindern") });
        Assert.Equal([third.Id], (await NewAsync(saved)).Select(m => m.DataAsset.Id));
    }

    [Fact]
    public async Task A_feed_needs_no_token_names_no_owner_and_says_when_nothing_is_new()
    {
        SavedSearch saved = await SaveAsync("Nierenersatz", notifyByFeed: true);
        DataAsset asset = DataAsset("Nierenersatz\u0001 & Dialyse");
        string id = (await _holder.CreateDataAssetAsync(new() { DataAsset = asset })).Id;

        HttpResponseMessage answer = await catalog.Rest().GetAsync(saved.FeedPath);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("subject-of", text, StringComparison.Ordinal);
        XElement entry = Assert.Single(XDocument.Parse(text).Root!.Elements(Atom + "entry"));
        Assert.Equal("Nierenersatz & Dialyse", entry.Element(Atom + "title")!.Value);
        var linked = new Uri(answer.RequestMessage!.RequestUri!, entry.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Equal($"/catalog/v1/data-assets/{id}", linked.AbsolutePath);
        Assert.All(["id", "title", "updated"], name => Assert.NotEmpty(entry.Parent!.Element(Atom + name)!.Value));

        using var again = new HttpRequestMessage(HttpMethod.Get, saved.FeedPath);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await catalog.Rest().SendAsync(again)).StatusCode);

        await _person.UpdateSavedSearchAsync(new() { SavedSearch = new SavedSearch { Id = saved.Id }, UpdateMask = FieldMask.FromString("notify_by_feed") });
        Assert.Equal(HttpStatusCode.NotFound, (await catalog.Rest().GetAsync(saved.FeedPath)).StatusCode);
    }

    [Fact]
    public async Task For_others_a_saved_search_does_not_exist_but_a_service_learns_whose_it_is()
    {
        SavedSearch saved = await SaveAsync("Geheim");
        SavedSearchService.SavedSearchServiceClient stranger = catalog.SavedSearches(TestTokens.Holder);

        await RefusedAsync(stranger.GetSavedSearchAsync(new() { Id = saved.Id }), StatusCode.NotFound);
        await RefusedAsync(stranger.UpdateSavedSearchAsync(new() { SavedSearch = saved }), StatusCode.NotFound);
        await RefusedAsync(stranger.DeleteSavedSearchAsync(new() { Id = saved.Id }), StatusCode.NotFound);
        await RefusedAsync(stranger.ListSavedSearchMatchesAsync(new() { Id = saved.Id }), StatusCode.NotFound);
        Assert.DoesNotContain((await stranger.ListSavedSearchesAsync(new())).SavedSearches, s => s.Id == saved.Id);
        await RefusedAsync(catalog.SavedSearches().ListSavedSearchesAsync(new()), StatusCode.Unauthenticated);
        SavedSearch seen = await catalog.SavedSearches(TestTokens.Of("portal", "service")).GetSavedSearchAsync(new() { Id = saved.Id });
        Assert.Equal("subject-of-analytics", seen.OwnerId);

        await _person.DeleteSavedSearchAsync(new() { Id = saved.Id, Etag = saved.Etag });
        await RefusedAsync(_person.GetSavedSearchAsync(new() { Id = saved.Id }), StatusCode.NotFound);
    }

    [Fact]
    public async Task A_search_for_everything_without_a_name_and_with_a_page_is_refused_in_both_languages()
    {
        RpcException refused = await RefusedAsync(
            _person.CreateSavedSearchAsync(new() { SavedSearch = new SavedSearch { Search = new SearchDataAssetsRequest { PageSize = 5, AreaKey = "Bochum" } } }),
            StatusCode.InvalidArgument);
        Assert.Equal(["saved_search.name", "saved_search.search.page_token", "saved_search.search.area_key[0].key"], Fields(refused));

        refused = await RefusedAsync(_person.CreateSavedSearchAsync(new() { SavedSearch = new SavedSearch { Name = "Alles" } }), StatusCode.InvalidArgument);
        Assert.Equal(["saved_search.search"], Fields(refused));
    }

    [Fact]
    public async Task Nobody_keeps_more_searches_than_allowed_however_many_are_saved_at_once()
    {
        SavedSearchService.SavedSearchServiceClient person = few.SavedSearches(TestTokens.Of("eager", "analyst"));
        RpcException?[] refusals = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await person.CreateSavedSearchAsync(new() { SavedSearch = Search(new SearchDataAssetsRequest { Query = $"Suche {i}" }) });
                return null;
            }
            catch (RpcException refused)
            {
                return refused;
            }
        }));

        SavedSearch[] kept = [.. (await person.ListSavedSearchesAsync(new())).SavedSearches];
        Assert.Equal((3, 3), (kept.Length, refusals.Count(r => r is null)));
        Assert.Contains(refusals, r => r is not null && RichStatus.ReasonOf(r)?.Reason == "TOO_MANY_SAVED_SEARCHES");
        await person.DeleteSavedSearchAsync(new() { Id = kept[1].Id });
        await person.CreateSavedSearchAsync(new() { SavedSearch = Search(new SearchDataAssetsRequest { Query = "Nachrücker" }) });
    }

    [Fact]
    public async Task Searches_wait_on_after_a_restart_and_old_matches_are_forgotten()
    {
        SavedSearch saved = await SaveAsync("Logopädie");
        await catalog.RestartAsync();
        SavedSearchService.SavedSearchServiceClient person = catalog.SavedSearches(TestTokens.Of("analytics", "analyst"));
        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset("Logopädie in der Praxis") });

        Assert.Single((await person.ListSavedSearchMatchesAsync(new() { Id = saved.Id })).Matches);
        Assert.Equal(0, await catalog.Service<ForgetOld<SavedSearchMatchDocument>>().ForgetAsync(default));
    }

    private static SavedSearch Search(SearchDataAssetsRequest search) => new() { Name = "Beispiel", Search = search };

    private async Task<SavedSearch> SaveAsync(string words, bool notifyByEvent = false, bool notifyByFeed = false)
    {
        SavedSearch search = Search(new SearchDataAssetsRequest { Query = words });
        (search.NotifyByEvent, search.NotifyByFeed) = (notifyByEvent, notifyByFeed);
        return await _person.CreateSavedSearchAsync(new() { SavedSearch = search });
    }

    private async Task<SavedSearch> SaveAsync(SearchDataAssetsRequest search) => await _person.CreateSavedSearchAsync(new() { SavedSearch = Search(search) });

    private async Task<DataAsset> ChangeAsync(DataAsset asset, string title) =>
        await _holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text(title) } });

    private async Task<IReadOnlyList<SavedSearchMatch>> NewAsync(SavedSearch saved) =>
        (await _person.ListSavedSearchMatchesAsync(new() { Id = saved.Id })).Matches;

    private async Task<XElement> FeedAsync(SavedSearch saved) => XDocument.Parse(await catalog.Rest().GetStringAsync(saved.FeedPath)).Root!;
}
