using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder changes its description.</summary>
internal sealed class UpdateDataAsset(IDocumentStore store, DataAssetRegister register)
{
    public async Task<DataAsset> HandleAsync(UpdateDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        DataAsset wanted = request.DataAsset ?? new DataAsset();
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindOwnAsync(session, wanted.Id, caller, ct);

        DataAsset changed = document.Asset.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, request.UpdateMask, DataAssetRules.Settable, mask);
        mask.ThrowIfAny("The data asset cannot be changed");

        DataAssetRegister.Complete(changed);
        var violations = new Violations("data_asset");
        DataAssetRules.Check(changed, violations);
        DataAssetRules.CheckChangeOfState(document.Asset.State, changed.State, violations);
        violations.ThrowIfAny("The data asset cannot be changed");

        session.Expect(document, wanted.Etag);
        document.Asset = changed;
        return await register.SaveAsync(session, document, ct);
    }
}
