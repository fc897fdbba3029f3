using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Grpc.Core;

namespace Ecosystem.Catalog.Areas;

/// <summary>Anyone looks up the official keys of areas.</summary>
internal sealed class AreaDirectory : AreaService.AreaServiceBase
{
    public override Task<ListAreasResponse> ListAreas(ListAreasRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.Unless(request.PageToken.Length == 0 || AreaList.ByKey.ContainsKey(request.PageToken), "page_token", "Send the token of the page before, or none.");
        violations.Unless(Enum.IsDefined(request.Level), "level", "This level is not known.");
        violations.ThrowIfAny("The areas cannot be listed");

        KnownArea[] wanted = [.. AreaList.All.Where(a =>
            a.Key.StartsWith(request.WithinKey, StringComparison.Ordinal)
            && (request.Region.Length == 0 || a.Region == request.Region)
            && (request.Level == AreaLevel.Unspecified || a.Level == request.Level))];

        // The list ships with the service and never changes while it runs, so the last key of a page says where to go on.
        KnownArea[] rest = [.. wanted.Where(a => string.CompareOrdinal(a.Key, request.PageToken) > 0)];
        return Task.FromResult(new ListAreasResponse
        {
            Areas = { rest.Take(size).Select(a => a.ToListed()) },
            Page = new Page { TotalSize = wanted.Length, NextPageToken = rest.Length > size ? rest[size - 1].Key : string.Empty },
        });
    }
}
