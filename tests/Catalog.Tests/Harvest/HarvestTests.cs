using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.Harvest;
using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;
using static Ecosystem.Catalog.Tests.Harvest.ForeignSite;
using Outcome = Ecosystem.Catalog.V1.HarvestRun.Types.Outcome;

namespace Ecosystem.Catalog.Tests.Harvest;

public sealed class HarvestTests(HarvestingCatalogHost catalog) : IClassFixture<HarvestingCatalogHost>
{
    private HarvestService.HarvestServiceClient Harvests => catalog.Harvests(TestTokens.Operator);

    [Fact]
    public async Task A_catalogue_in_pages_is_taken_in_whole_and_only_what_changed_the_next_time()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/all", Prefixes + Dataset("p1", "Eins") + Dataset("p2", "Zwei"), next: "/all2");
        site.Page("/all2", Prefixes + Dataset("p3", "Drei") + "[] hydra:next </all3> .");
        site.Page("/all3", Prefixes + Dataset("p4", "Vier") + "<https://foreign.example.org/bad> a dcat:Dataset ; dct:description \"Ohne Titel\" .");
        HarvestSource source = await SourceAsync(site, "/all");

        HarvestRun first = await RunAsync(source);
        HarvestRun same = await RunAsync(source);
        site.Page("/all2", Prefixes + Dataset("p3", "Drei, neu") + "[] hydra:next </all3> .");
        HarvestRun changed = await RunAsync(source);

        Assert.Equal((Outcome.Complete, 3, 5, 4, 1), (first.Outcome, first.Pages, first.Found, first.Created, first.Quarantined));
        QuarantinedRecord bad = Assert.Single(first.Quarantine);
        Assert.Equal(("https://foreign.example.org/bad", $"{site.Address}/all3"), (bad.Source, bad.Page));
        Assert.Contains("title", bad.Reasons[0], StringComparison.Ordinal);
        Assert.Equal((Outcome.NotModified, 0), (same.Outcome, same.Updated));
        Assert.Equal((Outcome.Complete, 0, 1, 3, 1), (changed.Outcome, changed.Created, changed.Updated, changed.Unchanged, changed.Quarantined));
        Assert.Equal(["Drei, neu", "Eins", "Vier", "Zwei"], (await AssetsAsync(source)).Select(a => a.Title.Values["de"]).Order(StringComparer.Ordinal));
        Assert.All(site.Requests, r => Assert.StartsWith("Ecosystem-Catalog", r.Agent, StringComparison.Ordinal));
        Assert.Equal("/robots.txt", site.Requests.First().Path);
        Assert.Equal("catalog.harvests", (await catalog.Sidecar.AboutAsync(source.Id, 3))[0].Topic);
        ListHarvestRunsResponse runs = await Harvests.ListHarvestRunsAsync(new() { SourceId = source.Id });
        Assert.Equal([changed.Id, same.Id, first.Id], runs.HarvestRuns.Select(r => r.Id));
        Assert.Equal(changed.Id, (await Harvests.GetHarvestSourceAsync(new() { Id = source.Id })).LastRun.Id);
    }

    [Fact]
    public async Task Until_the_last_page_is_read_nothing_changes()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/half", Prefixes + Dataset("h1", "Erste Seite"), next: "/gone");
        HarvestSource source = await SourceAsync(site, "/half");

        HarvestRun run = await RunAsync(source);

        Assert.Equal((Outcome.Failed, 0), (run.Outcome, run.Created));
        Assert.Contains("/gone answers with status 404", run.Problem, StringComparison.Ordinal);
        Assert.Empty(await AssetsAsync(source));
    }

    [Fact]
    public async Task What_is_missing_is_withdrawn_after_the_misses_allowed_for_and_comes_back_when_it_is_found()
    {
        await using ForeignSite site = await StartAsync();
        string both = Prefixes + Dataset("m1", "Bleibt") + Dataset("m2", "Verschwindet");
        site.Page("/m", both);
        HarvestSource source = await SourceAsync(site, "/m", misses: 2);
        await RunAsync(source);
        string id = (await AssetsAsync(source)).Single(a => a.Title.Values["de"] == "Verschwindet").Id;

        site.Page("/m", Prefixes + Dataset("m1", "Bleibt"));
        HarvestRun once = await RunAsync(source);
        DataAsset missed = await catalog.DataAssets().GetDataAssetAsync(new() { Id = id });
        site.Page("/m", Prefixes + Dataset("m1", "Bleibt") + "# changed");
        HarvestRun twice = await RunAsync(source);
        DataAsset withdrawn = await catalog.DataAssets(TestTokens.Operator).GetDataAssetAsync(new() { Id = id });
        site.Page("/m", both);
        HarvestRun back = await RunAsync(source);

        Assert.Equal((1, 0, PublicationState.Published), (once.Missed, once.Withdrawn, missed.State));
        Assert.Equal((0, 1, PublicationState.Withdrawn), (twice.Missed, twice.Withdrawn, withdrawn.State));
        Assert.Contains("2 Mal in Folge", withdrawn.StateReason.Values["de"], StringComparison.Ordinal);
        Assert.Equal(1, back.Updated);
        Assert.Equal(PublicationState.Published, (await catalog.DataAssets().GetDataAssetAsync(new() { Id = id })).State);
    }

    [Fact]
    public async Task What_people_withdrew_here_no_harvest_brings_back()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/w", Prefixes + Dataset("w1", "Unerwünscht"));
        HarvestSource source = await SourceAsync(site, "/w");
        await RunAsync(source);
        DataAsset asset = Assert.Single(await AssetsAsync(source));
        await catalog.DataAssets(TestTokens.Operator).TransitionDataAssetAsync(new() { Id = asset.Id, State = PublicationState.Withdrawn, Reason = Text("Auf Wunsch des Halters.") });
        site.Page("/w", Prefixes + Dataset("w1", "Unerwünscht, neu"));

        HarvestRun run = await RunAsync(source);

        Assert.Contains("does not bring it back", Assert.Single(run.Quarantine).Reasons[0], StringComparison.Ordinal);
        Assert.Equal(PublicationState.Withdrawn, (await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id })).State);
    }

    [Fact]
    public async Task What_people_withdrew_while_its_source_missed_it_stays_withdrawn_when_the_source_has_it_again()
    {
        await using ForeignSite site = await StartAsync();
        string both = Prefixes + Dataset("v1", "Bleibt") + Dataset("v2", "Fehlt");
        site.Page("/v", both);
        HarvestSource source = await SourceAsync(site, "/v", misses: 3);
        await RunAsync(source);
        string id = (await AssetsAsync(source)).Single(a => a.Title.Values["de"] == "Fehlt").Id;
        site.Page("/v", Prefixes + Dataset("v1", "Bleibt"));
        HarvestRun missing = await RunAsync(source);
        await catalog.DataAssets(TestTokens.Operator).TransitionDataAssetAsync(new() { Id = id, State = PublicationState.Withdrawn, Reason = Text("Auf Wunsch des Halters.") });
        site.Page("/v", both);

        HarvestRun back = await RunAsync(source);

        Assert.Equal(1, missing.Missed);
        Assert.Contains("their word counts", Assert.Single(back.Quarantine).Reasons[0], StringComparison.Ordinal);
        DataAsset asset = await catalog.DataAssets().GetDataAssetAsync(new() { Id = id });
        Assert.Equal((PublicationState.Withdrawn, "Auf Wunsch des Halters."), (asset.State, asset.StateReason.Values["de"]));
    }

    [Fact]
    public async Task Sources_are_managed_and_run_over_REST()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/rest", Prefixes + Dataset("r1", "Über REST"));
        HttpClient rest = catalog.Rest(TestTokens.Operator);
        const string Sources = "/catalog/v1/harvest-sources";

        HttpResponseMessage created = await rest.PostAsJsonAsync(Sources, new
        {
            name = "REST", url = site.Address + "/rest", license = "https://creativecommons.org/publicdomain/zero/1.0/", holderId = "rest-beispiel", defaultHealthCategories = new[] { HealthRecords },
        });
        string id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        HttpResponseMessage run = await rest.PostAsJsonAsync($"{Sources}/{id}:run", new { });
        JsonElement report = await run.Content.ReadFromJsonAsync<JsonElement>();
        HttpResponseMessage paused = await rest.PatchAsJsonAsync($"{Sources}/{id}?updateMask=paused", new { paused = true });
        JsonElement source = await rest.GetFromJsonAsync<JsonElement>($"{Sources}/{id}");
        JsonElement runs = await rest.GetFromJsonAsync<JsonElement>($"{Sources}/{id}/runs");
        HttpResponseMessage deleted = await rest.DeleteAsync($"{Sources}/{id}");

        Assert.All([created, run, paused, deleted], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(("OUTCOME_COMPLETE", 1), (report.GetProperty("outcome").GetString(), report.GetProperty("created").GetInt32()));
        Assert.True(source.GetProperty("paused").GetBoolean());
        Assert.Equal(report.GetProperty("id").GetString(), runs.GetProperty("harvestRuns")[0].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await rest.GetAsync($"{Sources}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await catalog.Rest(TestTokens.Holder).GetAsync(Sources)).StatusCode);
    }

    [Fact]
    public async Task A_source_that_is_suddenly_empty_is_taken_for_broken()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/e", Prefixes + Dataset("e1", "Da"));
        HarvestSource source = await SourceAsync(site, "/e", misses: 1);
        await RunAsync(source);
        site.Page("/e", Prefixes);

        HarvestRun run = await RunAsync(source);

        Assert.Equal((Outcome.Failed, 0), (run.Outcome, run.Withdrawn));
        Assert.Single(await AssetsAsync(source));
    }

    [Fact]
    public async Task Nobody_else_overwrites_what_a_source_brought_or_a_holder_wrote()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/one", Prefixes + Dataset("o1", "Von Quelle eins"));
        site.Page("/two", Prefixes + Dataset("o1", "Von Quelle zwei") + Dataset("o2", "Von der Quelle"));
        HarvestSource one = await SourceAsync(site, "/one", "besitz-beispiel");
        HarvestSource two = await SourceAsync(site, "/two", "besitz-beispiel");
        await catalog.DataAssets(TestTokens.Of("besitz-beispiel", "data-holder")).CreateDataAssetAsync(new() { DataAsset = DataAsset("Vom Halter", "https://foreign.example.org/o2") });
        await RunAsync(one);

        HarvestRun run = await RunAsync(two);

        Assert.Equal((2, 0), (run.Quarantined, run.Updated));
        Assert.Contains(run.Quarantine, q => q.Reasons[0].Contains($"another source ({one.Id})", StringComparison.Ordinal));
        Assert.Contains(run.Quarantine, q => q.Reasons[0].Contains("holder registered", StringComparison.Ordinal));
        Assert.Equal(["Vom Halter", "Von Quelle eins"], (await AssetsAsync(one)).Select(a => a.Title.Values["de"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sources_are_harvested_when_they_are_due_and_not_while_they_are_paused()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/due", Prefixes + Dataset("d1", "Fällig"));
        HarvestSource due = await SourceAsync(site, "/due", "faellig-beispiel");
        HarvestSource paused = await SourceAsync(site, "/due", "pause-beispiel");
        await Harvests.UpdateHarvestSourceAsync(new() { HarvestSource = new HarvestSource { Id = paused.Id, Paused = true }, UpdateMask = new FieldMask { Paths = { "paused" } } });

        await catalog.Service<HarvestSchedule>().RunDueAsync(default);
        int again = await catalog.Service<HarvestSchedule>().RunDueAsync(default);

        Assert.Single(await AssetsAsync(due));
        Assert.Empty(await AssetsAsync(paused));
        Assert.Equal(0, again);
        Assert.True((await Harvests.GetHarvestSourceAsync(new() { Id = due.Id })).NextRunTime > due.CreateTime);
    }

    [Fact]
    public async Task Only_operators_manage_sources_and_every_wrong_field_is_named()
    {
        RpcException foreign = await RefusedAsync(catalog.Harvests(TestTokens.Holder).ListHarvestSourcesAsync(new()), StatusCode.PermissionDenied);
        RpcException wrong = await RefusedAsync(
            Harvests.CreateHarvestSourceAsync(new() { HarvestSource = new HarvestSource { Url = "ftp://example.org/", Interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) } }),
            StatusCode.InvalidArgument);

        Assert.Equal(StatusCode.PermissionDenied, foreign.StatusCode);
        Assert.Equal(["harvest_source.name", "harvest_source.url", "harvest_source.interval", "harvest_source.license", "harvest_source.holder_id"], Fields(wrong));
    }

    [Fact]
    public async Task A_source_that_is_forgotten_leaves_its_data_sets_to_their_holder()
    {
        await using ForeignSite site = await StartAsync();
        site.Page("/f", Prefixes + Dataset("f1", "Bleibt da"));
        HarvestSource source = await SourceAsync(site, "/f", "vergessen-beispiel");
        await RunAsync(source);

        await Harvests.DeleteHarvestSourceAsync(new() { Id = source.Id });

        Assert.Single(await AssetsAsync(source));
        await RefusedAsync(Harvests.GetHarvestSourceAsync(new() { Id = source.Id }), StatusCode.NotFound);
    }

    private async Task<HarvestSource> SourceAsync(ForeignSite site, string path, string? holder = null, int misses = 0) =>
        await Harvests.CreateHarvestSourceAsync(new()
        {
            HarvestSource = new HarvestSource
            {
                Name = $"Katalog {path}",
                Url = site.Address + path,
                License = "https://creativecommons.org/publicdomain/zero/1.0/",
                HolderId = holder ?? $"fremd{path.Replace('/', '-')}",
                DefaultHealthCategories = { HealthRecords },
                MissesUntilWithdrawn = misses,
            },
        });

    private async Task<HarvestRun> RunAsync(HarvestSource source) => await Harvests.RunHarvestAsync(new() { Id = source.Id });

    private async Task<IReadOnlyList<DataAsset>> AssetsAsync(HarvestSource source) =>
        (await catalog.DataAssets().ListDataAssetsAsync(new() { HolderId = source.HolderId })).DataAssets;
}
