using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder registers a data set that it keeps.</summary>
internal sealed class CreateDataAsset(IDocumentStore store, DataAssetRegister register)
{
    public async Task<DataAsset> HandleAsync(CreateDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        string holder = caller.OrganisationOrRefuse();
        DataAsset described = request.DataAsset?.Clone() ?? new DataAsset();
        register.Complete(described);
        var violations = new Violations("data_asset");
        DataAssetRules.CheckAll(described, violations);
        violations.ThrowIfAny("The data asset cannot be registered");

        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = register.Begin(described, await session.OrganisationAsync(holder, ct));
        return await register.SaveAsync(session, document, ct);
    }
}
