using Ecosystem.Catalog.Showcase;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Catalog.ReferenceProjects;

/// <summary>The methods of <c>ecosystem.catalog.v1.ReferenceProjectService</c>.</summary>
internal sealed class ReferenceProjectShowcase(ExhibitRegister<ReferenceProject> register, FindExhibits<ReferenceProject> find) : ReferenceProjectService.ReferenceProjectServiceBase
{
    public override Task<ReferenceProject> CreateReferenceProject(CreateReferenceProjectRequest request, ServerCallContext context) =>
        register.CreateAsync(request.ReferenceProject, context.GetCaller(), context.CancellationToken);

    public override Task<ReferenceProject> GetReferenceProject(GetReferenceProjectRequest request, ServerCallContext context) =>
        register.GetAsync(request.Id, context.CancellationToken);

    public override Task<ReferenceProject> UpdateReferenceProject(UpdateReferenceProjectRequest request, ServerCallContext context) =>
        register.UpdateAsync(request.ReferenceProject, request.UpdateMask, context.GetCaller(), context.CancellationToken);

    public override Task<Empty> DeleteReferenceProject(DeleteReferenceProjectRequest request, ServerCallContext context) =>
        register.DeleteAsync(request.Id, request.Etag, context.GetCaller(), context.CancellationToken);

    public override async Task<ListReferenceProjectsResponse> ListReferenceProjects(ListReferenceProjectsRequest request, ServerCallContext context)
    {
        (IReadOnlyList<ReferenceProject> resources, Page page) = await find.ListAsync(request.PageSize, request.PageToken, request.ProviderId, context.CancellationToken);
        return new ListReferenceProjectsResponse { ReferenceProjects = { resources }, Page = page };
    }

    public override async Task<SearchReferenceProjectsResponse> SearchReferenceProjects(SearchReferenceProjectsRequest request, ServerCallContext context)
    {
        FoundExhibits<ReferenceProject> found = await find.SearchAsync(request.Query, request.PageSize, request.PageToken, request.AreaKey, context.CancellationToken);
        return new SearchReferenceProjectsResponse
        {
            Hits = { found.Hits.Select(h => new ReferenceProjectHit { ReferenceProject = h.Resource, Score = h.Score, Snippet = h.Snippet }) },
            Page = found.Page,
        };
    }
}
