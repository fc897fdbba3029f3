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

    private async Task<string[]> FoundAsync(string query, string area) =>
        [.. (await catalog.Solutions().SearchSolutionsAsync(new() { Query = query, AreaKey = area })).Hits.Select(h => h.Solution.Id)];
}
