using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Matching.Questions;

/// <summary>The methods of <c>ecosystem.matching.v1.QuestionService</c>.</summary>
internal sealed class QuestionCalls(QuestionStore questions, ProposeQuestion propose, DiscussQuestion discuss, DecideQuestion decide)
    : QuestionService.QuestionServiceBase
{
    public override Task<Question> CreateQuestion(CreateQuestionRequest request, ServerCallContext context) =>
        propose.CreateAsync(request.Question, context.GetCaller(), context.CancellationToken);

    public override Task<Question> GetQuestion(GetQuestionRequest request, ServerCallContext context) => questions.GetAsync(request.Id, context.CancellationToken);

    public override Task<ListQuestionsResponse> ListQuestions(ListQuestionsRequest request, ServerCallContext context) =>
        questions.ListAsync(request, context.CancellationToken);

    public override Task<Question> UpdateQuestion(UpdateQuestionRequest request, ServerCallContext context) =>
        propose.UpdateAsync(request.Question, request.UpdateMask, context.GetCaller(), context.CancellationToken);

    public override Task<Question> CommentQuestion(CommentQuestionRequest request, ServerCallContext context) =>
        discuss.CommentAsync(request.Id, request.Text, context.GetCaller(), context.CancellationToken);

    public override Task<Question> SupportQuestion(SupportQuestionRequest request, ServerCallContext context) =>
        discuss.SupportAsync(request.Id, request.Withdraw, context.GetCaller(), context.CancellationToken);

    public override Task<Question> MergeQuestion(MergeQuestionRequest request, ServerCallContext context) =>
        decide.MergeAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Question> TakeUpQuestion(TakeUpQuestionRequest request, ServerCallContext context) =>
        decide.TakeUpAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Question> CloseQuestion(CloseQuestionRequest request, ServerCallContext context) =>
        decide.CloseAsync(request, context.GetCaller(), context.CancellationToken);
}
