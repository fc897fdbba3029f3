using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>An asset is handed in, published, deprecated or withdrawn.</summary>
internal sealed class TransitionDataAsset(IDocumentStore store, DataAssetRegister register, IOptions<LifeOptions> options)
{
    public async Task<DataAsset> HandleAsync(TransitionDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindAsync(session, request.Id, caller, ct);
        DataAsset changed = document.Asset.Clone();
        By role = Transition.RoleOf(caller, changed.Holder.Id);
        Transition way = Transition.Find(changed.State, request.State) ?? throw NoSuchTransition(changed.State, request.State);
        if ((way.Who & role) == By.Nobody)
        {
            throw RichStatus.PermissionDenied(
                "NOT_YOUR_TRANSITION",
                $"From {Name(way.From)} to {Name(way.To)} an asset is brought by: {way.Who}.");
        }

        LifeRules.RefuseWithoutReview(options.Value, way.From, way.To, role);
        changed.State = request.State;
        changed.StateReason = request.Reason;
        if (request.ReplacedBy.Length > 0)
        {
            changed.Relations.Add(new Relation { Kind = Relation.Types.Kind.ReplacedBy, Target = request.ReplacedBy });
        }

        Check(request, way, role, changed);
        session.Expect(document, request.Etag);
        document.Become(changed);
        return await register.SaveAsync(session, new AssetChange(document, caller), ct);
    }

    private static void Check(TransitionDataAssetRequest request, Transition way, By role, DataAsset changed)
    {
        var violations = new Violations();
        violations.CheckText("reason", request.Reason, 2_000);
        violations.Unless(
            !way.OwesReason(role) || request.Reason?.Values.Count > 0,
            "reason",
            "Say why, for those who rely on the asset, for example {\"values\": {\"de\": \"Abgelöst durch das neue Register.\"}}.",
            "Sagen Sie denen, die sich auf den Datenbestand verlassen, warum, zum Beispiel {\"values\": {\"de\": \"Abgelöst durch das neue Register.\"}}.");
        violations.ThrowIfAny("The state cannot be changed");

        var description = new Violations("data_asset");
        DataAssetRules.CheckAll(changed, description);
        description.ThrowIfAny($"The asset cannot become {Name(changed.State)}");
    }

    private static RpcException NoSuchTransition(PublicationState from, PublicationState to)
    {
        string[] reachable = [.. Transition.All.Where(t => t.From == from).Select(t => Name(t.To))];
        return RichStatus.FailedPrecondition(
            "NO_SUCH_TRANSITION",
            reachable.Length == 0
                ? $"The asset is {Name(from)}, and that is final."
                : $"The asset is {Name(from)}; it cannot become {Name(to)}. From here it can become: {string.Join(", ", reachable)}.",
            new Dictionary<string, string> { ["state"] = Name(from), ["reachable"] = string.Join(',', reachable) });
    }

    private static string Name(PublicationState state) => state.ToString().ToLowerInvariant();
}
