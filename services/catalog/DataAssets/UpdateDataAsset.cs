using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder changes its description.</summary>
internal sealed class UpdateDataAsset(IDocumentStore store, DataAssetRegister register, IOptions<LifeOptions> life)
{
    public async Task<DataAsset> HandleAsync(UpdateDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return await register.SaveAsync(session, await PrepareAsync(session, request, caller, ct), ct);
    }

    /// <summary>The asset as it is to be.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not there, not the caller's, or something is wrong with it.</exception>
    public async Task<AssetChange> PrepareAsync(IDocumentSession session, UpdateDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        DataAsset wanted = request.DataAsset ?? new DataAsset();
        LocalizedText? reason = Reasons.Of(request, request.Reason, "The data asset cannot be changed");
        DataAssetDocument document = await DataAssetRegister.FindOwnAsync(session, wanted.Id, caller, ct);

        DataAsset changed = document.Asset.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, request.UpdateMask, DataAssetRules.Settable, mask);
        mask.ThrowIfAny("The data asset cannot be changed");

        register.Complete(changed);
        if (changed.Identifier.Length == 0)
        {
            changed.Identifier = document.Asset.Identifier;
        }

        var violations = new Violations("data_asset");
        DataAssetRules.CheckAll(changed, violations);
        LifeRules.CheckUpdate(document.Asset.State, changed.State, violations);
        violations.ThrowIfAny("The data asset cannot be changed");
        LifeRules.RefuseWithoutReview(life.Value, document.Asset.State, changed.State, Transition.RoleOf(caller, changed.Holder.Id));

        if (changed.State != document.Asset.State)
        {
            changed.StateReason = null;
        }

        session.Expect(document, wanted.Etag);
        document.Become(changed);
        return new AssetChange(document, caller, reason);
    }
}
