using Ecosystem.Catalog.DataAssets.Description;
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

        register.Complete(changed);
        if (changed.Identifier.Length == 0)
        {
            changed.Identifier = document.Asset.Identifier;
        }

        var violations = new Violations("data_asset");
        DataAssetRules.CheckAll(changed, violations);
        CheckChangeOfState(document.Asset.State, changed.State, violations);
        violations.ThrowIfAny("The data asset cannot be changed");

        session.Expect(document, wanted.Etag);
        document.Asset = changed;
        return await register.SaveAsync(session, document, ct);
    }

    /// <summary>Others may already rely on what is published.</summary>
    private static void CheckChangeOfState(PublicationState before, PublicationState after, Violations violations) =>
        violations.Unless(
            before != PublicationState.Published || after == PublicationState.Published,
            "state",
            "A published asset cannot become a draft again, because others may rely on it.",
            "Ein veröffentlichter Datenbestand kann nicht wieder Entwurf werden, weil andere sich auf ihn verlassen.");
}
