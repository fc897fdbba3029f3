using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>The methods of <c>ecosystem.catalog.v1.SavedSearchService</c>.</summary>
internal sealed class SavedSearchDesk(SavedSearchRegister register, FindSavedSearchMatches matches) : SavedSearchService.SavedSearchServiceBase
{
    public override Task<SavedSearch> CreateSavedSearch(CreateSavedSearchRequest request, ServerCallContext context) =>
        register.CreateAsync(request.SavedSearch, context.GetCaller(), context.CancellationToken);

    public override Task<SavedSearch> GetSavedSearch(GetSavedSearchRequest request, ServerCallContext context) =>
        register.GetAsync(request.Id, context.GetCaller(), context.CancellationToken);

    public override Task<ListSavedSearchesResponse> ListSavedSearches(ListSavedSearchesRequest request, ServerCallContext context) =>
        register.ListAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<SavedSearch> UpdateSavedSearch(UpdateSavedSearchRequest request, ServerCallContext context) =>
        register.UpdateAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Empty> DeleteSavedSearch(DeleteSavedSearchRequest request, ServerCallContext context) =>
        register.DeleteAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ListSavedSearchMatchesResponse> ListSavedSearchMatches(ListSavedSearchMatchesRequest request, ServerCallContext context) =>
        matches.ListAsync(request, context.GetCaller(), context.CancellationToken);
}
