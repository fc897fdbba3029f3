using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Catalog.Competences;

/// <summary>The door of the AI marketplace: each method is a use case in a file of its own.</summary>
internal sealed class CompetenceMarketplace(CreateCompetence create, UpdateCompetence update, VerifyCompetence verify, FindCompetences find)
    : CompetenceService.CompetenceServiceBase
{
    public override Task<Competence> CreateCompetence(CreateCompetenceRequest request, ServerCallContext context) =>
        create.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Competence> GetCompetence(GetCompetenceRequest request, ServerCallContext context) =>
        find.GetAsync(request, context.CancellationToken);

    public override Task<ListCompetencesResponse> ListCompetences(ListCompetencesRequest request, ServerCallContext context) =>
        find.ListAsync(request, context.CancellationToken);

    public override Task<SearchCompetencesResponse> SearchCompetences(SearchCompetencesRequest request, ServerCallContext context) =>
        find.SearchAsync(request, context.CancellationToken);

    public override Task<ListCompetenceChangesResponse> ListCompetenceChanges(ListCompetenceChangesRequest request, ServerCallContext context) =>
        find.ListChangesAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Competence> UpdateCompetence(UpdateCompetenceRequest request, ServerCallContext context) =>
        update.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Competence> VerifyCompetence(VerifyCompetenceRequest request, ServerCallContext context) =>
        verify.HandleAsync(request, context.GetCaller(), context.CancellationToken);
}
