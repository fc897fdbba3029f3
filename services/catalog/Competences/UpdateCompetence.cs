using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Competences;

/// <summary>A provider changes its description.</summary>
internal sealed class UpdateCompetence(IDocumentStore store, CompetenceRegister register)
{
    public async Task<Competence> HandleAsync(UpdateCompetenceRequest request, Caller caller, CancellationToken ct)
    {
        Competence wanted = request.Competence ?? new Competence();
        var deed = new Deed(ResourceChange.Types.Kind.Updated, caller, Reasons.Of(request, request.Reason, "The competence cannot be changed"));
        await using IDocumentSession session = store.OpenSession();
        CompetenceDocument document = await CompetenceRegister.FindOwnAsync(session, wanted.Id, caller, ct);

        Competence changed = document.Competence.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, request.UpdateMask, CompetenceRules.Settable, mask);
        mask.ThrowIfAny("The competence cannot be changed");

        AreaNames.Fill(changed.Areas);
        var violations = new Violations("competence");
        CompetenceRules.Check(changed, violations);
        violations.ThrowIfAny("The competence cannot be changed");

        session.Expect(document, wanted.Etag);
        if (!caller.IsOperator())
        {
            // What was verified is no longer what is claimed.
            changed.Verification = null;
        }

        Competence before = document.Competence;
        document.Competence = changed;
        return await register.SaveAsync(session, document, before, deed, ct);
    }
}
