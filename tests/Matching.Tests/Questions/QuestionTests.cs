using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Grpc.Core;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;
using State = Ecosystem.Matching.V1.Question.Types.State;

namespace Ecosystem.Matching.Tests.Questions;

/// <summary>Suggestions of research questions: proposed, commented, supported, merged, taken up.</summary>
public sealed class QuestionTests(MatchingHost host) : IClassFixture<MatchingHost>, IAsyncLifetime
{
    private readonly QuestionService.QuestionServiceClient _questions = host.Client(channel => new QuestionService.QuestionServiceClient(channel));

    public async Task InitializeAsync()
    {
        await host.HearOfAsync(Examples.StrokeImages());
        await host.HearOfAsync(Examples.ClaimsData());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_question_says_of_each_data_set_whether_its_terms_allow_the_purpose()
    {
        Question question = await ProposeAsync(Examples.StrokeAndClaims());

        Assert.Equal(State.Proposed, question.State);
        Assert.Equal("klinikum-beispiel", Assert.Single(question.Supporters).Id);
        Assert.Equal([("asset-stroke", Kind.Compatible), ("asset-claims", Kind.Compatible)], question.Data.Select(data => (data.DataAssetId, data.Policy.Kind)));
    }

    [Fact]
    public async Task A_question_over_unknown_data_or_no_data_is_refused()
    {
        Question unknown = Examples.StrokeAndClaims();
        unknown.DataAssetIds.Add("asset-nobody-has");
        Question none = Examples.StrokeAndClaims();
        none.DataAssetIds.Clear();

        Assert.Equal("NO_PROFILE", await ReasonAsync(() => ProposeAsync(unknown)));
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => ProposeAsync(none))).StatusCode);
    }

    [Fact]
    public async Task An_organisation_supports_a_question_once_and_may_take_it_back()
    {
        Question question = await ProposeAsync(Examples.StrokeAndClaims());
        var support = new SupportQuestionRequest { Id = question.Id };

        await _questions.SupportQuestionAsync(support, MatchingHost.As("learner", "institut-beispiel"));
        Question twice = await _questions.SupportQuestionAsync(support, MatchingHost.As("analyst", "institut-beispiel"));
        support.Withdraw = true;
        Question back = await _questions.SupportQuestionAsync(support, MatchingHost.As("analyst", "institut-beispiel"));

        Assert.Equal(["klinikum-beispiel", "institut-beispiel"], twice.Supporters.Select(one => one.Id));
        Assert.Equal(["klinikum-beispiel"], back.Supporters.Select(one => one.Id));
    }

    [Fact]
    public async Task What_was_said_of_a_merged_question_moves_with_it()
    {
        Question stays = await ProposeAsync(Examples.StrokeAndClaims());
        Question alike = Examples.StrokeAndClaims();
        alike.DataAssetIds.Remove("asset-claims");
        Question ends = await ProposeAsync(alike, "institut-beispiel");
        await _questions.CommentQuestionAsync(new CommentQuestionRequest { Id = ends.Id, Text = "Auch für kleine Läsionen?" }, MatchingHost.As("reviewer", "pruefstelle-beispiel"));
        var merge = new MergeQuestionRequest { Id = ends.Id, IntoId = stays.Id, Reason = Examples.Text("Dieselbe Frage.", "The same question.") };

        Assert.Equal("NOT_THE_OWNER", await ReasonAsync(async () => await _questions.MergeQuestionAsync(merge, MatchingHost.As("analyst", "krankenkasse-beispiel"))));
        Question merged = await _questions.MergeQuestionAsync(merge, MatchingHost.As("editor", "koordinierungsstelle-beispiel"));
        Question ended = await _questions.GetQuestionAsync(new GetQuestionRequest { Id = ends.Id }, MatchingHost.As("analyst"));

        Assert.Equal((State.Merged, stays.Id), (ended.State, ended.MergedIntoId));
        Assert.Equal(["klinikum-beispiel", "institut-beispiel"], merged.Supporters.Select(one => one.Id));
        Assert.Equal(("Auch für kleine Läsionen?", ends.Id), Assert.Single(merged.Comments.Select(comment => (comment.Text, comment.MergedFromId))));
        Assert.Equal("WRONG_STATE", await ReasonAsync(async () => await _questions.CommentQuestionAsync(new CommentQuestionRequest { Id = ends.Id, Text = "Noch etwas" }, MatchingHost.As("analyst"))));
    }

    [Fact]
    public async Task Questions_with_different_purposes_are_not_merged()
    {
        Question other = Examples.StrokeAndClaims();
        other.Purpose = Examples.Education;
        var merge = new MergeQuestionRequest
        {
            Id = (await ProposeAsync(other)).Id, IntoId = (await ProposeAsync(Examples.StrokeAndClaims())).Id, Reason = Examples.Text("Ähnlich.", "Alike."),
        };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () => await _questions.MergeQuestionAsync(merge, MatchingHost.As("editor")));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task A_question_is_taken_up_only_when_no_terms_exclude_its_purpose()
    {
        Question allowed = await ProposeAsync(Examples.StrokeAndClaims());
        Question advertising = Examples.StrokeAndClaims();
        advertising.Purpose = Examples.Marketing;
        Question forbidden = await ProposeAsync(advertising);

        Question taken = await TakeUpAsync(allowed.Id);

        Assert.Equal((State.TakenUp, "institut-beispiel"), (taken.State, taken.TakenUpBy.Id));
        Assert.Equal("POLICY_CONFLICT", await ReasonAsync(() => TakeUpAsync(forbidden.Id)));
    }

    [Fact]
    public async Task Terms_that_change_later_are_seen_in_the_question()
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Id = "asset-changing";
        await host.HearOfAsync(asset);
        Question proposed = Examples.StrokeAndClaims();
        proposed.DataAssetIds.Add(asset.Id);
        Question question = await ProposeAsync(proposed);
        asset.State = PublicationState.Withdrawn;

        await host.HearOfAsync(asset, version: 2);
        Question later = await _questions.GetQuestionAsync(new GetQuestionRequest { Id = question.Id }, MatchingHost.As("analyst"));

        Assert.Equal((Kind.Compatible, Kind.Unknown), (question.Data[2].Policy.Kind, later.Data[2].Policy.Kind));
    }

    [Fact]
    public async Task Questions_are_found_by_the_data_they_need_and_closed_with_a_reason()
    {
        DataAsset asset = Examples.StrokeImages();
        asset.Id = "asset-asked-once";
        await host.HearOfAsync(asset);
        Question proposed = Examples.StrokeAndClaims();
        proposed.DataAssetIds.Add(asset.Id);
        Question question = await ProposeAsync(proposed);

        await _questions.CloseQuestionAsync(new CloseQuestionRequest { Id = question.Id, Reason = Examples.Text("Beantwortet.", "Answered.") }, MatchingHost.As("analyst"));
        ListQuestionsResponse list = await _questions.ListQuestionsAsync(new ListQuestionsRequest { DataAssetId = asset.Id, State = State.Closed }, MatchingHost.As("auditor"));

        Assert.Equal("Answered.", Assert.Single(list.Questions).StateReason.Values["en"]);
    }

    private async Task<Question> ProposeAsync(Question question, string organisation = "klinikum-beispiel") =>
        await _questions.CreateQuestionAsync(new CreateQuestionRequest { Question = question }, MatchingHost.As("analyst", organisation));

    private async Task<Question> TakeUpAsync(string id) => await _questions.TakeUpQuestionAsync(
        new TakeUpQuestionRequest { Id = id, Reason = Examples.Text("Wir rechnen das.", "We compute it.") }, MatchingHost.As("analyst", "institut-beispiel"));

    private static async Task<string> ReasonAsync(Func<Task<Question>> call) => RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(call))!.Reason;
}
