using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>Of each of the four kinds of things that organisations describe: what another organisation may not do, and why it is told so.</summary>
public sealed class PermissionTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private const string Invented = "krankenkasse-beispiel";

    /// <summary>An account of another organisation with every role an organisation can have.</summary>
    private static string Stranger => TestTokens.Of(Invented, "data-holder", "developer", "analyst", "editor", "reviewer");

    [Fact]
    public async Task A_data_asset_is_changed_by_its_holder_only_and_a_draft_is_seen_by_nobody_else()
    {
        DataAssetService.DataAssetServiceClient stranger = catalog.DataAssets(Stranger);
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset() });
        DataAsset draft = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = Draft() });

        await NotTheirsAsync("NOT_THE_HOLDER", stranger.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text("Fremd") } }));
        await NotTheirsAsync("NOT_THE_HOLDER", stranger.AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms }));
        await NotTheirsAsync("NOT_THE_HOLDER", stranger.ConfirmDataAssetAsync(new() { Id = asset.Id, Etag = asset.Etag }));
        await NotTheirsAsync("NOT_THE_HOLDER", stranger.DeleteDataAssetAsync(new() { Id = asset.Id }));
        await NotTheirsAsync("NOT_THE_HOLDER", stranger.ListDataAssetChangesAsync(new() { Id = asset.Id }));
        await NotTheirsAsync("NOT_YOUR_TRANSITION", stranger.TransitionDataAssetAsync(new() { Id = asset.Id, State = PublicationState.Withdrawn, Reason = Text("Fremd") }));
        await RefusedAsync(stranger.GetDataAssetAsync(new() { Id = draft.Id }), StatusCode.NotFound);
        await RefusedAsync(stranger.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = draft.Id, Title = Text("Fremd") } }), StatusCode.NotFound);
        await RefusedAsync(stranger.ListDataAssetChangesAsync(new() { Id = draft.Id }), StatusCode.NotFound);
        await RefusedAsync(stranger.ListSimilarDataAssetsAsync(new() { Id = draft.Id }), StatusCode.NotFound);
        Assert.Empty((await stranger.SearchDataAssetsAsync(new() { Query = "Geheimvorhaben" })).Hits);
        Assert.Equal(asset, await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id }));
    }

    [Fact]
    public async Task A_competence_is_changed_by_its_provider_only()
    {
        CompetenceService.CompetenceServiceClient stranger = catalog.Competences(Stranger);
        Competence competence = await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence() });

        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.UpdateCompetenceAsync(new() { Competence = new Competence { Id = competence.Id, Title = Text("Fremd") } }));
        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.ListCompetenceChangesAsync(new() { Id = competence.Id }));
        await RefusedAsync(stranger.VerifyCompetenceAsync(new() { Id = competence.Id, Etag = competence.Etag, Note = Text("Fremd") }), StatusCode.PermissionDenied);
        Assert.Equal(competence, await catalog.Competences().GetCompetenceAsync(new() { Id = competence.Id }));
    }

    [Fact]
    public async Task A_solution_is_changed_by_its_provider_only()
    {
        SolutionService.SolutionServiceClient stranger = catalog.Solutions(Stranger);
        Solution solution = await catalog.Solutions(TestTokens.Developer).CreateSolutionAsync(new() { Solution = Solution() });

        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.UpdateSolutionAsync(new() { Solution = new Solution { Id = solution.Id, Title = Text("Fremd") } }));
        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.DeleteSolutionAsync(new() { Id = solution.Id }));
        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.ListSolutionChangesAsync(new() { Id = solution.Id }));
        Assert.Equal(solution, await catalog.Solutions().GetSolutionAsync(new() { Id = solution.Id }));
    }

    [Fact]
    public async Task A_reference_project_is_changed_by_its_provider_only()
    {
        ReferenceProjectService.ReferenceProjectServiceClient stranger = catalog.ReferenceProjects(Stranger);
        ReferenceProject project = await catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = ReferenceProject() });

        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.UpdateReferenceProjectAsync(new() { ReferenceProject = new ReferenceProject { Id = project.Id, Title = Text("Fremd") } }));
        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.DeleteReferenceProjectAsync(new() { Id = project.Id }));
        await NotTheirsAsync("NOT_THE_PROVIDER", stranger.ListReferenceProjectChangesAsync(new() { Id = project.Id }));
        Assert.Equal(project, await catalog.ReferenceProjects().GetReferenceProjectAsync(new() { Id = project.Id }));
    }

    [Fact]
    public async Task Nobody_registers_anything_in_the_name_of_another_organisation()
    {
        DataAsset asset = DataAsset();
        asset.Holder = new() { Id = "klinikum-beispiel" };
        Solution solution = Solution();
        solution.Provider = new() { Id = "ki-team-beispiel" };

        Assert.Equal(Invented, (await catalog.DataAssets(Stranger).CreateDataAssetAsync(new() { DataAsset = asset })).Holder.Id);
        Assert.Equal(Invented, (await catalog.Solutions(Stranger).CreateSolutionAsync(new() { Solution = solution })).Provider.Id);
    }

    private static DataAsset Draft()
    {
        DataAsset draft = DataAsset("Geheimvorhaben");
        draft.State = PublicationState.Draft;
        return draft;
    }

    private static async Task NotTheirsAsync<T>(string reason, AsyncUnaryCall<T> call)
    {
        RpcException refused = await RefusedAsync(call, StatusCode.PermissionDenied);
        Assert.Equal(reason, RichStatus.ReasonOf(refused)!.Reason);
        Assert.NotEmpty(refused.Status.Detail);
    }
}
