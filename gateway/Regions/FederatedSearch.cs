using Ecosystem.Catalog.V1;
using Ecosystem.Federation.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Discovery;
using Grpc.Core;
using FederatedRequest = Ecosystem.Federation.V1.SearchDataAssetsRequest;
using FederatedResponse = Ecosystem.Federation.V1.SearchDataAssetsResponse;
using RegionalRequest = Ecosystem.Catalog.V1.SearchDataAssetsRequest;
using RegionalResponse = Ecosystem.Catalog.V1.SearchDataAssetsResponse;

namespace Ecosystem.Gateway.Regions;

/// <summary>Asks the catalogues of all regions at once and says who answered, who did not, and why.</summary>
internal sealed class FederatedSearch(KnownRegions regions, RegionConnections connections, ServiceAddresses addresses, TimeProvider time)
    : FederatedCatalogueService.FederatedCatalogueServiceBase
{
    private const int DefaultPageSize = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override async Task<FederatedResponse> SearchDataAssets(FederatedRequest request, ServerCallContext context)
    {
        var asked = Asked(request.Regions);
        var question = new RegionalRequest { Query = request.Query, PageSize = request.PageSize == 0 ? DefaultPageSize : request.PageSize, Themes = { request.Themes } };
        var answers = await Task.WhenAll(asked.Select(region => AskAsync(region.Name, region.Catalogues, question, context.CancellationToken)));
        if (Array.Find(answers, answer => answer.Refusal?.StatusCode == StatusCode.InvalidArgument) is { Refusal: { } wrong })
            throw wrong;
        if (!Array.Exists(answers, answer => answer.Found is not null))
            throw RichStatus.Unavailable("NO_REGION_ANSWERED", $"No region answered: {string.Join(' ', answers.Select(answer => answer.Told.Reason))} Try again soon.", Patience);

        return new() { Hits = { Interleave(answers) }, Regions = { answers.Select(answer => answer.Told) } };
    }

    private IReadOnlyList<(string Name, IReadOnlyList<Uri> Catalogues)> Asked(IReadOnlyCollection<string> names)
    {
        List<(string Name, IReadOnlyList<Uri> Catalogues)> known =
            [(regions.Own, addresses.Grpc("catalog")), .. regions.Others.Select(other => (other.Key, (IReadOnlyList<Uri>)[new Uri(other.Value.Grpc)]))];
        if (names.FirstOrDefault(name => !known.Exists(region => region.Name == name)) is { } unknown)
            throw RichStatus.InvalidArgument("A region is not known here.", ("regions", $"'{unknown}' is none of {string.Join(", ", known.Select(region => region.Name))}."));
        return names.Count == 0 ? known : known.FindAll(region => names.Contains(region.Name, StringComparer.Ordinal));
    }

    /// <summary>Copies of the own catalogue are asked one after the other until one is there; another region has one door.</summary>
    private async Task<Answer> AskAsync(string region, IReadOnlyList<Uri> catalogues, RegionalRequest question, CancellationToken ct)
    {
        var headers = regions.IsOwn(region) ? [] : new Metadata { { RegionHeader.Name, region } };
        var deadline = (time.GetUtcNow() + Patience).UtcDateTime;
        RpcException? refusal = null;
        foreach (var catalogue in catalogues)
        {
            try
            {
                var found = await new DataAssetService.DataAssetServiceClient(connections.To(catalogue)).SearchDataAssetsAsync(question, headers, deadline, ct);
                return new(found, null, new() { Region = region, State = RegionAnswer.Types.State.Answered, TotalSize = found.Page?.TotalSize ?? 0 });
            }
            catch (RpcException failure) when (!ct.IsCancellationRequested)
            {
                refusal = failure;
                if (failure.StatusCode != StatusCode.Unavailable)
                    break;
            }
        }

        var (state, reason) = refusal!.StatusCode switch
        {
            StatusCode.Unavailable => (RegionAnswer.Types.State.Unreachable, $"The catalogue of the region '{region}' cannot be reached at present."),
            StatusCode.DeadlineExceeded => (RegionAnswer.Types.State.TooSlow, $"The catalogue of the region '{region}' did not answer within {Patience.TotalSeconds:0} s."),
            _ => (RegionAnswer.Types.State.Refused, $"The catalogue of the region '{region}' refused: {refusal.Status.Detail}"),
        };
        return new(null, refusal, new() { Region = region, State = state, Reason = reason });
    }

    private static IEnumerable<RegionalHit> Interleave(IReadOnlyList<Answer> answers) => answers
        .SelectMany(answer => (answer.Found?.Hits ?? []).Select((hit, rank) => (Rank: rank, Hit: new RegionalHit { Region = answer.Told.Region, Hit = hit })))
        .OrderBy(hit => hit.Rank) // stable: within a rank in the order of the regions
        .Select(hit => hit.Hit);

    private sealed record Answer(RegionalResponse? Found, RpcException? Refusal, RegionAnswer Told);
}
