using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder registers a data set that it keeps.</summary>
internal sealed class CreateDataAsset(IDocumentStore store, DataAssetRegister register, IOptions<LifeOptions> life)
{
    public async Task<DataAsset> HandleAsync(CreateDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        string holder = caller.OrganisationOrRefuse();
        DataAsset described = request.DataAsset?.Clone() ?? new DataAsset();
        register.Complete(described);
        var violations = new Violations("data_asset");
        DataAssetRules.CheckAll(described, violations);
        LifeRules.CheckBeginning(described.State, violations);
        violations.ThrowIfAny("The data asset cannot be registered");
        LifeRules.RefuseWithoutReview(life.Value, PublicationState.Draft, described.State, Transition.RoleOf(caller, holder));

        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = register.Begin(described, await session.OrganisationAsync(holder, ct));
        return await register.SaveAsync(session, document, caller, ct);
    }
}
