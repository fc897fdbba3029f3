using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Matching.Needs;

/// <summary>The methods of <c>ecosystem.matching.v1.NeedService</c>.</summary>
internal sealed class NeedCalls(NeedRegister register) : NeedService.NeedServiceBase
{
    public override Task<Need> CreateNeed(CreateNeedRequest request, ServerCallContext context) =>
        register.CreateAsync(request.Need, context.GetCaller(), context.CancellationToken);

    public override Task<Need> GetNeed(GetNeedRequest request, ServerCallContext context) => register.GetAsync(request.Id, context.CancellationToken);

    public override Task<ListNeedsResponse> ListNeeds(ListNeedsRequest request, ServerCallContext context) =>
        register.ListAsync(request, context.CancellationToken);

    public override Task<Need> UpdateNeed(UpdateNeedRequest request, ServerCallContext context) =>
        register.UpdateAsync(request.Need, request.UpdateMask, context.GetCaller(), context.CancellationToken);

    public override Task<Need> CloseNeed(CloseNeedRequest request, ServerCallContext context) =>
        register.CloseAsync(request, context.GetCaller(), context.CancellationToken);
}
