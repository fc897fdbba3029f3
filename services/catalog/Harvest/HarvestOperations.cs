using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Catalog.Harvest;

internal sealed class HarvestOperations(HarvestSources sources, Harvester harvester) : HarvestService.HarvestServiceBase
{
    public override Task<HarvestSource> CreateHarvestSource(CreateHarvestSourceRequest request, ServerCallContext context) =>
        sources.CreateAsync(request, context.CancellationToken);

    public override Task<HarvestSource> GetHarvestSource(GetHarvestSourceRequest request, ServerCallContext context) =>
        sources.GetAsync(request.Id, context.CancellationToken);

    public override Task<ListHarvestSourcesResponse> ListHarvestSources(ListHarvestSourcesRequest request, ServerCallContext context) =>
        sources.ListAsync(request, context.CancellationToken);

    public override Task<HarvestSource> UpdateHarvestSource(UpdateHarvestSourceRequest request, ServerCallContext context) =>
        sources.UpdateAsync(request, context.CancellationToken);

    public override async Task<Empty> DeleteHarvestSource(DeleteHarvestSourceRequest request, ServerCallContext context)
    {
        await sources.DeleteAsync(request.Id, context.CancellationToken);
        return new Empty();
    }

    public override Task<HarvestRun> RunHarvest(RunHarvestRequest request, ServerCallContext context) =>
        harvester.RunAsync(request.Id, context.CancellationToken);

    public override Task<ListHarvestRunsResponse> ListHarvestRuns(ListHarvestRunsRequest request, ServerCallContext context) =>
        sources.RunsAsync(request, context.CancellationToken);
}
