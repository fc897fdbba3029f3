using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kind = Ecosystem.Catalog.V1.ResourceChange.Types.Kind;

namespace Ecosystem.Catalog.Solutions;

/// <summary>The methods of <c>ecosystem.catalog.v1.SolutionService</c>.</summary>
internal sealed class SolutionShowcase(ExhibitRegister<Solution> register, FindExhibits<Solution> find) : SolutionService.SolutionServiceBase
{
    public override Task<Solution> CreateSolution(CreateSolutionRequest request, ServerCallContext context) =>
        register.CreateAsync(request.Solution, context.GetCaller(), context.CancellationToken);

    public override Task<Solution> GetSolution(GetSolutionRequest request, ServerCallContext context) =>
        register.GetAsync(request.Id, context.CancellationToken);

    public override Task<Solution> UpdateSolution(UpdateSolutionRequest request, ServerCallContext context) =>
        register.UpdateAsync(
            request.Solution,
            request.UpdateMask,
            new Deed(Kind.Updated, context.GetCaller(), Reasons.Of(request, request.Reason, "The solution cannot be changed")),
            context.CancellationToken);

    public override Task<Empty> DeleteSolution(DeleteSolutionRequest request, ServerCallContext context) =>
        register.DeleteAsync(
            request.Id,
            request.Etag,
            new Deed(Kind.Deleted, context.GetCaller(), Reasons.Of(request, request.Reason, "The solution cannot be taken away")),
            context.CancellationToken);

    public override async Task<ListSolutionChangesResponse> ListSolutionChanges(ListSolutionChangesRequest request, ServerCallContext context)
    {
        PageOfHistory page = await register.ListChangesAsync(request.Id, (request.PageSize, request.PageToken), context.GetCaller(), context.CancellationToken);
        return new ListSolutionChangesResponse { Changes = { page.Changes }, Page = page.Page };
    }

    public override async Task<ListSolutionsResponse> ListSolutions(ListSolutionsRequest request, ServerCallContext context)
    {
        (IReadOnlyList<Solution> resources, Page page) = await find.ListAsync(request.PageSize, request.PageToken, request.ProviderId, context.CancellationToken);
        return new ListSolutionsResponse { Solutions = { resources }, Page = page };
    }

    public override async Task<SearchSolutionsResponse> SearchSolutions(SearchSolutionsRequest request, ServerCallContext context)
    {
        FoundExhibits<Solution> found = await find.SearchAsync(request.Query, request.PageSize, request.PageToken, request.AreaKey, SolutionKind.FiltersOf(request), context.CancellationToken);
        return new SearchSolutionsResponse
        {
            Hits = { found.Hits.Select(h => new SolutionHit { Solution = h.Resource, Score = h.Score, Snippet = h.Snippet }) },
            Page = found.Page,
        };
    }
}
