using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using Grpc.Core;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Tests.Questions;

/// <summary>A question meets further data that could help to answer it, and those who could work on it.</summary>
public sealed class QuestionProposalTests : IAsyncLifetime
{
    private const string Asking = "institut-fragend";

    private readonly MatchingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Data_and_competences_are_proposed_with_reasons_but_not_the_data_it_names()
    {
        Question question = await ProposeAsync();
        await HearOfCandidatesAsync();

        ProposeForQuestionResponse answer = await _host.Grpc().ProposeForQuestionAsync(new ProposeForQuestionRequest { QuestionId = question.Id }, MatchingHost.As("analyst"));

        Assert.Equal(("asset-lesions", Kind.Compatible), (answer.DataAssets[0].DataAssetId, answer.DataAssets[0].Policy.Kind));
        Assert.DoesNotContain(answer.DataAssets, proposal => question.DataAssetIds.Contains(proposal.DataAssetId));
        Assert.Equal("competence-segmentation", answer.Competences[0].CompetenceId);
        Assert.All(answer.DataAssets.Concat(answer.Competences), proposal =>
        {
            Assert.Equal((question.Id, Asking), (proposal.QuestionId, proposal.AskingOrganisation.Id));
            Assert.NotEmpty(proposal.Reasons);
            Assert.All(proposal.Reasons, reason => Assert.Equal(["de", "en"], reason.Sentence.Values.Keys.Order(StringComparer.Ordinal)));
            Assert.NotEmpty(proposal.Improvements);
            Assert.DoesNotContain(proposal.Improvements, improvement => improvement.Field is "themes" or "modalities");
        });
    }

    [Fact]
    public async Task Data_that_are_new_are_matched_with_a_question_that_is_open_and_let_go_when_it_is_closed()
    {
        Question question = await ProposeAsync();
        await HearOfCandidatesAsync();

        Match[] found = await Eventually.Find(
            async () => await OfQuestionAsync(question.Id) is { Length: >= 2 } matches && matches.Any(match => match.Proposal.DataAssetId == "asset-lesions") ? matches : null,
            "the question was matched with data and a competence");
        Assert.Contains(found, match => match.Proposal.CompetenceId == "competence-segmentation");
        Assert.All(found, match => Assert.Equal(question.Id, match.Proposal.QuestionId));

        await Questions().CloseQuestionAsync(
            new CloseQuestionRequest { Id = question.Id, Reason = Examples.Text("Beantwortet.", "Answered.") }, MatchingHost.As("analyst", Asking));
        await Eventually.True(async () => (await OfQuestionAsync(question.Id)).All(match => match.State == State.Withdrawn), "the matches of a closed question are withdrawn");
        Assert.Contains("no longer", (await OfQuestionAsync(question.Id))[0].StateReason.Values["en"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_whose_terms_exclude_the_purpose_of_a_question_are_never_matched_with_it()
    {
        Question question = await ProposeAsync();
        DataAsset forbidden = Lesions();
        (forbidden.Id, forbidden.Offer) = ("asset-forbidden", Examples.AllowingOnly(Examples.Marketing));
        await _host.HearOfAsync(forbidden);
        await HearOfCandidatesAsync();
        await Eventually.True(async () => (await OfQuestionAsync(question.Id)).Length >= 2, "the question was matched");

        Assert.DoesNotContain(await OfQuestionAsync(question.Id), match => match.Proposal.DataAssetId == "asset-forbidden");
        ProposeForQuestionResponse answer = await _host.Grpc().ProposeForQuestionAsync(new ProposeForQuestionRequest { QuestionId = question.Id }, MatchingHost.As("analyst"));
        Assert.Equal(("asset-forbidden", Kind.Conflict), (answer.DataAssets[^1].DataAssetId, answer.DataAssets[^1].Policy.Kind));
    }

    [Fact]
    public async Task Being_matched_does_not_change_the_etag_that_people_hold()
    {
        Question question = await ProposeAsync();
        await HearOfCandidatesAsync();
        await Eventually.True(async () => (await OfQuestionAsync(question.Id)).Length >= 2, "the question was matched");

        Assert.Equal(question.Etag, (await Questions().GetQuestionAsync(new GetQuestionRequest { Id = question.Id }, MatchingHost.As("analyst"))).Etag);
    }

    [Fact]
    public async Task A_question_nobody_asked_is_not_found() =>
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await _host.Grpc().ProposeForQuestionAsync(
            new ProposeForQuestionRequest { QuestionId = "nothing" }, MatchingHost.As("analyst")))).StatusCode);

    private async Task<Question> ProposeAsync()
    {
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.HearOfAsync(Examples.ClaimsData());
        return await Questions().CreateQuestionAsync(new CreateQuestionRequest { Question = Examples.StrokeAndClaims() }, MatchingHost.As("analyst", Asking));
    }

    private async Task HearOfCandidatesAsync()
    {
        await _host.HearOfAsync(Lesions());
        await _host.HearOfAsync(Examples.Segmentation());
    }

    private static DataAsset Lesions()
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Id = "asset-lesions";
        asset.Title = Examples.Text("Läsionen und Folgekosten nach Schlaganfall", "Lesions and later costs after stroke");
        return asset;
    }

    private async Task<Match[]> OfQuestionAsync(string id) =>
        [.. (await _host.Client(channel => new MatchService.MatchServiceClient(channel)).ListMatchesAsync(new ListMatchesRequest { ItemId = id }, MatchingHost.As("operator"))).Matches];

    private QuestionService.QuestionServiceClient Questions() => _host.Client(channel => new QuestionService.QuestionServiceClient(channel));
}
