using Ecosystem.Catalog.V1;
using Grpc.Core;

namespace Ecosystem.Catalog.Statistics;

/// <summary>The methods of <c>ecosystem.catalog.v1.StatisticsService</c>.</summary>
internal sealed class StatisticsDesk(GetStatistics get) : StatisticsService.StatisticsServiceBase
{
    public override Task<V1.Statistics> GetStatistics(GetStatisticsRequest request, ServerCallContext context) => Task.FromResult(get.Handle(request));
}
