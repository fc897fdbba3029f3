using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Policy.Decisions;

/// <summary>The door to decisions: one, many, as they come, and what follows from them.</summary>
internal sealed class DecisionCalls(Decide decide, FulfilDuty fulfil, WatchUse watch) : DecisionService.DecisionServiceBase
{
    private const int MostAtOnce = 500;

    public override Task<Decision> Decide(DecideRequest request, ServerCallContext context) =>
        decide.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override async Task<DecideBatchResponse> DecideBatch(DecideBatchRequest request, ServerCallContext context)
    {
        if (request.Requests.Count is 0 or > MostAtOnce)
            throw RichStatus.InvalidArgument("The number of questions is out of range.", ("requests", $"Between 1 and {MostAtOnce}; these are {request.Requests.Count}."));
        var caller = context.GetCaller();
        var questions = request.Requests.Select((question, index) => Question.Of(question, caller, $"requests[{index}].")).ToList();
        return new() { Decisions = { await decide.HandleAsync(questions, context.CancellationToken) } };
    }

    public override async Task DecideStream(IAsyncStreamReader<DecideStreamRequest> requestStream, IServerStreamWriter<Decision> responseStream, ServerCallContext context)
    {
        var caller = context.GetCaller();
        await foreach (var question in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(await decide.HandleAsync(question.Request ?? new(), caller, context.CancellationToken), context.CancellationToken);
    }

    public override Task<DutyFulfilment> FulfilDuty(FulfilDutyRequest request, ServerCallContext context) =>
        fulfil.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task WatchUse(WatchUseRequest request, IServerStreamWriter<UseStatus> responseStream, ServerCallContext context) =>
        watch.HandleAsync(request.AgreementId, context.GetCaller(), responseStream, context.CancellationToken);
}
