using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Policy.Information;

/// <summary>The door to sources: who registers them sees them again, without their key.</summary>
internal sealed class InformationCalls(InformationSources sources, InformationLookUp lookUp) : InformationSourceService.InformationSourceServiceBase
{
    public override async Task<InformationSource> CreateInformationSource(CreateInformationSourceRequest request, ServerCallContext context) =>
        Present(await sources.RegisterAsync(request.InformationSource, context.GetCaller(), context.CancellationToken));

    public override async Task<InformationSource> GetInformationSource(GetInformationSourceRequest request, ServerCallContext context) =>
        Present(await sources.FindAsync(request.Id, context.GetCaller(), context.CancellationToken));

    public override async Task<ListInformationSourcesResponse> ListInformationSources(ListInformationSourcesRequest request, ServerCallContext context)
    {
        var (found, page) = await sources.ListAsync(PageSize.OrRefuse(request.PageSize), request.PageToken, context.GetCaller(), context.CancellationToken);
        return new() { InformationSources = { found.Select(Present) }, Page = page };
    }

    public override async Task<Empty> DeleteInformationSource(DeleteInformationSourceRequest request, ServerCallContext context)
    {
        await sources.RemoveAsync(request.Id, context.GetCaller(), context.CancellationToken);
        lookUp.Forget(request.Id);
        return new();
    }

    private InformationSource Present(InformationSource source) => new(source) { AccessKey = "", Health = lookUp.HealthOf(source.Id) };
}
