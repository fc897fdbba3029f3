using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Tests.Needs;

/// <summary>Who states a need is told at once who could help.</summary>
public sealed class NeedProposalTests(MatchingHost host) : IClassFixture<MatchingHost>, IAsyncLifetime
{
    private readonly NeedService.NeedServiceClient _needs = host.Client(channel => new NeedService.NeedServiceClient(channel));

    public async Task InitializeAsync()
    {
        await host.HearOfAsync(Examples.StrokeImages());
        await host.HearOfAsync(Examples.Segmentation());
        await host.HearOfAsync(Examples.Survival());
        await host.HearOfAsync(Examples.LesionFinder());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Competences_data_and_solutions_are_proposed_with_reasons()
    {
        Need need = await StateAsync();

        ProposeForNeedResponse answer = await ProposeAsync(need.Id);

        Assert.Equal("competence-segmentation", answer.Competences[0].CompetenceId);
        Assert.Equal(("asset-stroke", PolicyVerdict.Types.Kind.Compatible), (answer.DataAssets[0].DataAssetId, answer.DataAssets[0].Policy.Kind));
        Assert.Equal(("solution-lesions", "start-up-beispiel"), (answer.Solutions[0].SolutionId, answer.Solutions[0].Provider.Id));
        Assert.All(answer.Competences.Concat(answer.DataAssets).Concat(answer.Solutions), proposal =>
        {
            Assert.Equal(need.Id, proposal.NeedId);
            Assert.Equal(proposal.Score, proposal.Reasons.Sum(reason => reason.Weight), 9);
        });
        Assert.Null(answer.Competences[0].Policy);
    }

    [Fact]
    public async Task Nobody_is_proposed_for_a_closed_need_and_a_solution_that_is_gone_is_not_proposed()
    {
        Need need = await StateAsync();
        Solution other = Examples.LesionFinder();
        other.Id = "solution-removed";
        await host.HearOfAsync(other);
        await host.HearOfRemovalAsync(other, version: 2);

        Assert.DoesNotContain((await ProposeAsync(need.Id)).Solutions, proposal => proposal.SolutionId == other.Id);
        await _needs.CloseNeedAsync(
            new CloseNeedRequest { Id = need.Id, State = Need.Types.State.Withdrawn, Reason = Examples.Text("Entfallen.", "Gone.") }, MatchingHost.As("planner", "kommune-beispiel"));
        await Assert.ThrowsAsync<global::Grpc.Core.RpcException>(() => ProposeAsync(need.Id));
    }

    private async Task<Need> StateAsync() =>
        await _needs.CreateNeedAsync(new CreateNeedRequest { Need = Examples.HelpAfterStroke() }, MatchingHost.As("planner", "kommune-beispiel"));

    private async Task<ProposeForNeedResponse> ProposeAsync(string id) =>
        await host.Grpc().ProposeForNeedAsync(new ProposeForNeedRequest { NeedId = id }, MatchingHost.As("planner", "kommune-beispiel"));
}
