using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
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
        await using IDocumentSession session = store.OpenSession();
        AssetChange created = Prepare(request, await session.OrganisationAsync(holder, ct), caller);
        return await register.SaveAsync(session, created, ct);
    }

    /// <summary>The asset as it is to be registered.</summary>
    /// <exception cref="Grpc.Core.RpcException">Something is wrong with it.</exception>
    public AssetChange Prepare(CreateDataAssetRequest request, Organisation holder, Caller caller)
    {
        DataAsset described = request.DataAsset?.Clone() ?? new DataAsset();
        register.Complete(described);
        var violations = new Violations("data_asset");
        DataAssetRules.CheckAll(described, violations);
        LifeRules.CheckBeginning(described.State, violations);
        violations.ThrowIfAny("The data asset cannot be registered");
        LifeRules.RefuseWithoutReview(life.Value, PublicationState.Draft, described.State, Transition.RoleOf(caller, holder.Id));
        return new AssetChange(register.Begin(described, holder), caller);
    }
}
