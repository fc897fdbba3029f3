using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;
using Kind = Ecosystem.Catalog.V1.ResourceChange.Types.Kind;

namespace Ecosystem.Catalog.Tests;

/// <summary>Who changed what, when and why, for everything besides data assets (see <see cref="LifeTests"/> for those).</summary>
public sealed class HistoryTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private static string Auditor => TestTokens.Of("pruefstelle-beispiel", "auditor");

    [Fact]
    public async Task The_history_of_a_competence_says_who_changed_and_who_verified_it()
    {
        CompetenceService.CompetenceServiceClient provider = catalog.Competences(TestTokens.Developer);
        Competence created = await provider.CreateCompetenceAsync(new() { Competence = Competence("Vorher") });
        Competence changed = await provider.UpdateCompetenceAsync(new() { Competence = new Competence { Id = created.Id, Title = Text("Nachher") }, Reason = "Neuer Name." });
        await catalog.Competences(TestTokens.Operator).VerifyCompetenceAsync(new()
        {
            Id = created.Id, Etag = changed.Etag, Note = Text("Kennzahlen nachgerechnet."), ExpireTime = (created.CreateTime.ToDateTimeOffset() + TimeSpan.FromDays(30)).ToTimestamp(),
        });

        ListCompetenceChangesResponse history = await catalog.Competences(Auditor).ListCompetenceChangesAsync(new() { Id = created.Id });

        Assert.Equal([(3, Kind.Verified), (2, Kind.Updated), (1, Kind.Created)], history.Changes.Select(c => ((int)c.Version, c.Kind)));
        Assert.Equal(["koordinierungsstelle-beispiel", "ki-team-beispiel", "ki-team-beispiel"], history.Changes.Select(c => c.OrganisationId));
        Assert.All(history.Changes, c => Assert.NotEmpty(c.Subject));
        Assert.All(history.Changes, c => Assert.NotNull(c.Time));
        FieldChange title = Assert.Single(history.Changes[1].Fields);
        Assert.Equal(("title", """{ "values": { "de": "Vorher" } }""", """{ "values": { "de": "Nachher" } }"""), (title.Field, title.Before, title.After));
        Assert.Equal(["Kennzahlen nachgerechnet.", "Neuer Name."], history.Changes.Take(2).Select(c => Assert.Single(c.Reason.Values).Value));
        Assert.Equal("verification", Assert.Single(history.Changes[0].Fields).Field);
        Assert.Contains(history.Changes[2].Fields, f => f.Field == "evidence" && f.Before.Length == 0);
    }

    [Fact]
    public async Task The_history_of_a_solution_outlives_it()
    {
        SolutionService.SolutionServiceClient provider = catalog.Solutions(TestTokens.Developer);
        Solution created = await provider.CreateSolutionAsync(new() { Solution = Solution() });
        await provider.UpdateSolutionAsync(new() { Solution = new Solution { Id = created.Id, Url = "https://example.org/neu" } });
        await provider.DeleteSolutionAsync(new() { Id = created.Id, Reason = "Das Produkt ist eingestellt." });

        ListSolutionChangesResponse first = await provider.ListSolutionChangesAsync(new() { Id = created.Id, PageSize = 2 });
        ListSolutionChangesResponse rest = await provider.ListSolutionChangesAsync(new() { Id = created.Id, PageSize = 2, PageToken = first.Page.NextPageToken });

        Assert.Equal([Kind.Deleted, Kind.Updated, Kind.Created], first.Changes.Concat(rest.Changes).Select(c => c.Kind));
        Assert.Equal("Das Produkt ist eingestellt.", first.Changes[0].Reason.Values[string.Empty]);
        Assert.All(first.Changes[0].Fields, f => Assert.Empty(f.After));
        FieldChange url = Assert.Single(first.Changes[1].Fields);
        Assert.Equal(("url", "", "\"https://example.org/neu\""), (url.Field, url.Before, url.After));
        await RefusedAsync(catalog.Solutions(TestTokens.Holder).ListSolutionChangesAsync(new() { Id = created.Id }), StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task The_history_of_a_reference_project_is_read_over_REST()
    {
        ReferenceProject created = await catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = ReferenceProject() });
        HttpClient holder = catalog.Rest(TestTokens.Holder);
        string address = $"/catalog/v1/reference-projects/{created.Id}";

        HttpResponseMessage changed = await holder.PatchAsJsonAsync($"{address}?reason=Abgerechnet", new { funding = "Innovationsfonds" });
        JsonElement newest = (await holder.GetFromJsonAsync<JsonElement>($"{address}/changes")).GetProperty("changes")[0];

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(("KIND_UPDATED", "Abgerechnet"), (newest.GetProperty("kind").GetString(), newest.GetProperty("reason").GetProperty("values").GetProperty("").GetString()));
        Assert.Equal("funding", newest.GetProperty("fields")[0].GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await catalog.Rest(TestTokens.OtherHolder).GetAsync($"{address}/changes")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await catalog.Rest().GetAsync($"{address}/changes")).StatusCode);
    }

    [Fact]
    public async Task A_reason_for_a_change_of_a_data_asset_is_kept_too()
    {
        DataAssetService.DataAssetServiceClient holder = catalog.DataAssets(TestTokens.Holder);
        DataAsset asset = await holder.CreateDataAssetAsync(new() { DataAsset = DataAsset() });
        await holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text("Neu") }, Reason = "Umbenannt." });

        ListDataAssetChangesResponse history = await holder.ListDataAssetChangesAsync(new() { Id = asset.Id });

        Assert.Equal("Umbenannt.", history.Changes[0].Reason.Values[string.Empty]);
    }

    [Fact]
    public async Task A_reason_that_is_records_in_disguise_is_refused()
    {
        Solution created = await catalog.Solutions(TestTokens.Developer).CreateSolutionAsync(new() { Solution = Solution() });

        RpcException refused = await RefusedAsync(
            catalog.Solutions(TestTokens.Developer).DeleteSolutionAsync(new() { Id = created.Id, Reason = "id;alter;diagnose\n1;45;E11\n2;51;E10\n3;38;E11\n4;77;I10" }),
            StatusCode.InvalidArgument);

        Assert.Equal(["reason"], Fields(refused));
        Assert.Equal(created.Id, (await catalog.Solutions().GetSolutionAsync(new() { Id = created.Id })).Id);
    }

    [Fact]
    public async Task What_was_never_there_has_no_history()
    {
        await RefusedAsync(catalog.Competences(Auditor).ListCompetenceChangesAsync(new() { Id = "nie" }), StatusCode.NotFound);
        await RefusedAsync(catalog.Solutions(Auditor).ListSolutionChangesAsync(new() { Id = "nie" }), StatusCode.NotFound);
        await RefusedAsync(catalog.ReferenceProjects(Auditor).ListReferenceProjectChangesAsync(new() { Id = "" }), StatusCode.NotFound);
    }
}
