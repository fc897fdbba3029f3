using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Policy.Decisions;

internal sealed class DecisionCalls(Decide decide) : DecisionService.DecisionServiceBase
{
    public override Task<Decision> Decide(DecideRequest request, ServerCallContext context) =>
        decide.HandleAsync(request, context.GetCaller(), context.CancellationToken);
}
