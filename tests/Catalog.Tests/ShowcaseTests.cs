using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class ShowcaseTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private SolutionService.SolutionServiceClient Provider => catalog.Solutions(TestTokens.Developer);

    [Fact]
    public async Task A_provider_shows_a_solution_and_anyone_finds_it_where_it_is_to_be_had()
    {
        Solution created = await Provider.CreateSolutionAsync(new() { Solution = Solution() });

        Assert.Equal(created, await catalog.Solutions().GetSolutionAsync(new() { Id = created.Id }));
        Assert.Equal(("ki-team-beispiel", "Bochum"), (created.Provider.Id, created.Areas[0].Name));
        Assert.Contains((await catalog.Solutions().ListSolutionsAsync(new() { ProviderId = "ki-team-beispiel" })).Solutions, s => s.Id == created.Id);
        Assert.Contains(await FoundAsync("Wundkamera", "05"), id => id == created.Id);
        Assert.Contains(await FoundAsync("Pflegedienste", "05911000"), id => id == created.Id);
        Assert.DoesNotContain(await FoundAsync("Wundkamera", "10"), id => id == created.Id);
        PublishedEvent told = (await catalog.Sidecar.AboutAsync(created.Id))[0];
        Assert.Equal(("catalog.solutions", "ecosystem.catalog.events.v1.SolutionPublished"), (told.Topic, told.Type));
    }

    [Fact]
    public async Task Who_looks_for_a_solution_narrows_by_status_payer_people_language_place_of_care_theme_and_provider()
    {
        Solution first = Solution("Auswählbare Wundkamera");
        first.DataSpaceThemes.Add(DataSpaceTheme.Health);
        Solution second = Solution("Auswählbares Tagebuch");
        second.Status = Ecosystem.Catalog.V1.Solution.Types.Status.Idea;
        second.TargetGroups.Clear();
        second.TargetGroups.Add("Eltern");
        second.PointsOfCare.Clear();
        second.Languages.Clear();
        second.Reimbursement = null;
        string camera = (await Provider.CreateSolutionAsync(new() { Solution = first })).Id;
        string diary = (await catalog.Solutions(TestTokens.Of("startup-beispiel", "developer")).CreateSolutionAsync(new() { Solution = second })).Id;

        Assert.Equal([camera], await ChosenAsync(new() { Statuses = { Ecosystem.Catalog.V1.Solution.Types.Status.Product, Ecosystem.Catalog.V1.Solution.Types.Status.Pilot } }));
        Assert.Equal([camera], await ChosenAsync(new() { Payers = { Reimbursement.Types.Payer.SelectiveContract } }));
        Assert.Equal([diary], await ChosenAsync(new() { TargetGroups = { "eltern" } }));
        Assert.Equal([camera], await ChosenAsync(new() { Languages = { "de-simple" } }));
        Assert.Equal([camera], await ChosenAsync(new() { PointsOfCare = { "home" } }));
        Assert.Equal([camera], await ChosenAsync(new() { DataSpaceThemes = { DataSpaceTheme.Health } }));
        Assert.Equal([diary], await ChosenAsync(new() { ProviderIds = { "startup-beispiel" } }));
        Assert.Equal(2, (await ChosenAsync(new() { AreaKey = "05911" })).Length);
    }

    [Fact]
    public async Task Who_looks_for_a_project_narrows_by_status_people_theme_and_leader()
    {
        ReferenceProject finished = ReferenceProject("Auswählbares Projekt");
        finished.TargetGroups.Add("Kinder");
        finished.DataSpaceThemes.Add(DataSpaceTheme.City);
        ReferenceProject planned = ReferenceProject("Auswählbares Vorhaben");
        planned.Status = Ecosystem.Catalog.V1.ReferenceProject.Types.Status.Planned;
        string old = (await catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = finished })).Id;
        string young = (await catalog.ReferenceProjects(TestTokens.OtherHolder).CreateReferenceProjectAsync(new() { ReferenceProject = planned })).Id;

        Assert.Equal([old], await ChosenProjectsAsync(new() { TargetGroups = { "kinder" } }));
        Assert.Equal([old], await ChosenProjectsAsync(new() { DataSpaceThemes = { DataSpaceTheme.City } }));
        Assert.Equal([young], await ChosenProjectsAsync(new() { Statuses = { Ecosystem.Catalog.V1.ReferenceProject.Types.Status.Planned } }));
        Assert.Equal([young], await ChosenProjectsAsync(new() { ProviderIds = { "krankenkasse-beispiel" } }));
    }

    [Fact]
    public async Task A_product_without_proof_and_a_listed_app_without_its_number_are_refused_in_both_languages()
    {
        Solution bare = Solution();
        bare.Evidence.Clear();
        bare.Status = Ecosystem.Catalog.V1.Solution.Types.Status.DigaListed;

        RpcException refused = await RefusedAsync(Provider.CreateSolutionAsync(new() { Solution = bare }), StatusCode.InvalidArgument);

        Assert.Equal(["solution.evidence", "solution.diga_number"], Fields(refused));
    }

    [Fact]
    public async Task An_idea_needs_no_proof()
    {
        Solution idea = Solution("Idee");
        idea.Evidence.Clear();
        idea.Status = Ecosystem.Catalog.V1.Solution.Types.Status.Idea;

        await Provider.CreateSolutionAsync(new() { Solution = idea });
    }

    [Fact]
    public async Task Only_the_provider_changes_and_deletes_and_others_hear_of_it()
    {
        Solution created = await Provider.CreateSolutionAsync(new() { Solution = Solution("Kurzlebig") });
        RpcException refused = await RefusedAsync(
            catalog.Solutions(TestTokens.Holder).UpdateSolutionAsync(new() { Solution = created }), StatusCode.PermissionDenied);
        Assert.Equal("NOT_THE_PROVIDER", RichStatus.ReasonOf(refused)!.Reason);

        Solution changed = await Provider.UpdateSolutionAsync(new() { Solution = new Solution { Id = created.Id, Etag = created.Etag, Url = "https://example.org/neu" } });
        await RefusedAsync(Provider.DeleteSolutionAsync(new() { Id = created.Id, Etag = created.Etag }), StatusCode.Aborted);
        await Provider.DeleteSolutionAsync(new() { Id = created.Id, Etag = changed.Etag });

        await RefusedAsync(catalog.Solutions().GetSolutionAsync(new() { Id = created.Id }), StatusCode.NotFound);
        Assert.Empty(await FoundAsync("Kurzlebig", ""));
        Assert.Equal(["1", "2", "3"], (await catalog.Sidecar.AboutAsync(created.Id, atLeast: 3)).Select(e => e.Data.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task Records_are_no_solution()
    {
        Solution upload = Solution();
        upload.Reimbursement.Note = Text("id;alter;diagnose\n1;45;E11\n2;51;E10\n3;38;E11\n4;77;I10");

        RpcException refused = await RefusedAsync(Provider.CreateSolutionAsync(new() { Solution = upload }), StatusCode.InvalidArgument);

        Assert.Equal(["solution.reimbursement.note.values[de]"], Fields(refused));
    }

    [Fact]
    public async Task A_reference_project_is_shown_with_its_reach_and_survives_a_restart()
    {
        ReferenceProject created = await catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = ReferenceProject() });
        await catalog.RestartAsync();

        SearchReferenceProjectsResponse found = await catalog.ReferenceProjects().SearchReferenceProjectsAsync(new() { Query = "Entwicklungsrisiken", AreaKey = "05913" });
        Assert.Equal((created.Id, 1_400), (Assert.Single(found.Hits).ReferenceProject.Id, found.Hits[0].ReferenceProject.Reach.People));
    }

    [Fact]
    public async Task A_finished_project_says_where_it_was_and_what_came_of_it()
    {
        ReferenceProject vague = ReferenceProject();
        vague.Areas.Clear();
        vague.Results = null;

        RpcException refused = await RefusedAsync(
            catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = vague }), StatusCode.InvalidArgument);

        Assert.Equal(["reference_project.areas", "reference_project.results"], Fields(refused));
    }

    private async Task<string[]> ChosenAsync(SearchSolutionsRequest request)
    {
        request.Query = "auswählbare";
        return [.. (await catalog.Solutions().SearchSolutionsAsync(request)).Hits.Select(h => h.Solution.Id)];
    }

    private async Task<string[]> ChosenProjectsAsync(SearchReferenceProjectsRequest request)
    {
        request.Query = "auswählbares";
        return [.. (await catalog.ReferenceProjects().SearchReferenceProjectsAsync(request)).Hits.Select(h => h.ReferenceProject.Id)];
    }

    private async Task<string[]> FoundAsync(string query, string area) =>
        [.. (await catalog.Solutions().SearchSolutionsAsync(new() { Query = query, AreaKey = area })).Hits.Select(h => h.Solution.Id)];
}
