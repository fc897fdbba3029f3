using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kind = Ecosystem.Catalog.V1.ResourceChange.Types.Kind;

namespace Ecosystem.Catalog.ReferenceProjects;

/// <summary>The methods of <c>ecosystem.catalog.v1.ReferenceProjectService</c>.</summary>
internal sealed class ReferenceProjectShowcase(ExhibitRegister<ReferenceProject> register, FindExhibits<ReferenceProject> find) : ReferenceProjectService.ReferenceProjectServiceBase
{
    public override Task<ReferenceProject> CreateReferenceProject(CreateReferenceProjectRequest request, ServerCallContext context) =>
        register.CreateAsync(request.ReferenceProject, context.GetCaller(), context.CancellationToken);

    public override Task<ReferenceProject> GetReferenceProject(GetReferenceProjectRequest request, ServerCallContext context) =>
        register.GetAsync(request.Id, context.CancellationToken);

    public override Task<ReferenceProject> UpdateReferenceProject(UpdateReferenceProjectRequest request, ServerCallContext context) =>
        register.UpdateAsync(
            request.ReferenceProject,
            request.UpdateMask,
            new Deed(Kind.Updated, context.GetCaller(), Reasons.Of(request, request.Reason, "The reference project cannot be changed")),
            context.CancellationToken);

    public override Task<Empty> DeleteReferenceProject(DeleteReferenceProjectRequest request, ServerCallContext context) =>
        register.DeleteAsync(
            request.Id,
            request.Etag,
            new Deed(Kind.Deleted, context.GetCaller(), Reasons.Of(request, request.Reason, "The reference project cannot be taken away")),
            context.CancellationToken);

    public override async Task<ListReferenceProjectChangesResponse> ListReferenceProjectChanges(ListReferenceProjectChangesRequest request, ServerCallContext context)
    {
        PageOfHistory page = await register.ListChangesAsync(request.Id, (request.PageSize, request.PageToken), context.GetCaller(), context.CancellationToken);
        return new ListReferenceProjectChangesResponse { Changes = { page.Changes }, Page = page.Page };
    }

    public override async Task<ListReferenceProjectsResponse> ListReferenceProjects(ListReferenceProjectsRequest request, ServerCallContext context)
    {
        (IReadOnlyList<ReferenceProject> resources, Page page) = await find.ListAsync(request.PageSize, request.PageToken, request.ProviderId, context.CancellationToken);
        return new ListReferenceProjectsResponse { ReferenceProjects = { resources }, Page = page };
    }

    public override async Task<SearchReferenceProjectsResponse> SearchReferenceProjects(SearchReferenceProjectsRequest request, ServerCallContext context)
    {
        FoundExhibits<ReferenceProject> found = await find.SearchAsync(request.Query, request.PageSize, request.PageToken, request.AreaKey, ReferenceProjectKind.FiltersOf(request), context.CancellationToken);
        return new SearchReferenceProjectsResponse
        {
            Hits = { found.Hits.Select(h => new ReferenceProjectHit { ReferenceProject = h.Resource, Score = h.Score, Snippet = h.Snippet }) },
            Page = found.Page,
        };
    }
}
