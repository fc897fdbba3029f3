using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>Once a year at least, a holder looks whether its description is still right (EHDS Art. 60 (3)).</summary>
internal sealed class ConfirmDataAsset(IDocumentStore store, DataAssetRegister register)
{
    public async Task<DataAsset> HandleAsync(ConfirmDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        violations.Unless(
            request.Etag.Length > 0,
            "etag",
            "Send the etag of the description that you looked at.",
            "Schicken Sie das ETag der Beschreibung, die Sie geprüft haben.");
        violations.ThrowIfAny("The check cannot be recorded");

        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindOwnAsync(session, request.Id, caller, ct);
        if (!LifeRules.IsPublic(document.Asset.State))
        {
            throw RichStatus.FailedPrecondition("NOT_PUBLISHED", "Only what is published must be checked: nobody relies on the others.");
        }

        session.Expect(document, request.Etag);
        document.Become(document.Asset.Clone()); // the same words, looked at today
        return await register.SaveAsync(session, new AssetChange(document, caller), ct);
    }
}
