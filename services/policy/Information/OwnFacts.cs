using Ecosystem.Odrl;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Consents;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Subject = Ecosystem.Policy.V1.Statement.Types.Subject;

namespace Ecosystem.Policy.Information;

/// <summary>What this service knows itself of what terms depend on: the roles in the caller's token, and the consents that holders recorded.</summary>
internal sealed class OwnFacts(PolicyText policies)
{
    public async Task<IReadOnlyList<KnownFact>> OfAsync(Use use, Caller caller, Agreement agreement, DateTimeOffset now, IDocumentSession session, CancellationToken ct)
    {
        var policy = policies.Read(agreement.PolicyJson);
        List<KnownFact> facts = [];
        if (RoleOf(policy, caller) is { } role)
            facts.Add(role);
        if (PolicyOperands.WantedOf(policy, KnownFact.Consent).ToList() is { Count: > 0 } groups)
        {
            facts.Add(new(KnownFact.Consent, Subject.Use, await ConsentRegister.CoveredAsync(
                groups, agreement.Assigner.Id, agreement.DataAssetId, agreement.Assignee.Id, use.Purpose, now, session, ct)));
        }

        return facts;
    }

    /// <summary>
    /// The roles of the token among those that the terms name. A person with several roles acts in the one that is asked for; where terms name roles of
    /// the realm, the connector's word does not count.
    /// </summary>
    private static KnownFact? RoleOf(OdrlPolicy policy, Caller caller)
    {
        var named = PolicyOperands.WantedOf(policy, KnownFact.Role).Where(role => role.StartsWith(KnownFact.RealmRole, StringComparison.Ordinal)).ToList();
        if (named.Count == 0)
            return null;
        var held = named.Where(role => caller.Has(role[KnownFact.RealmRole.Length..])).ToList();
        return new(KnownFact.Role, Subject.Use, held.Count > 0 ? held : [.. caller.Roles.Order(StringComparer.Ordinal).Select(role => KnownFact.RealmRole + role)]);
    }
}
