using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Competences;

/// <summary>A team registers what it can do with data.</summary>
internal sealed class CreateCompetence(IDocumentStore store, CompetenceRegister register)
{
    public async Task<Competence> HandleAsync(CreateCompetenceRequest request, Caller caller, CancellationToken ct)
    {
        string provider = caller.OrganisationOrRefuse();
        Competence described = request.Competence ?? new Competence();
        var violations = new Violations("competence");
        CompetenceRules.Check(described, violations);
        violations.ThrowIfAny("The competence cannot be registered");

        await using IDocumentSession session = store.OpenSession();
        CompetenceDocument document = register.Begin(described, await session.OrganisationAsync(provider, ct));
        return await register.SaveAsync(session, document, before: null, new Deed(ResourceChange.Types.Kind.Created, caller), ct);
    }
}
