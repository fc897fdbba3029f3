using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Tests;

/// <summary>Two replicas of the service over one store: between them only the etag of the ledger's head decides.</summary>
public sealed class ReplicaTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task Two_replicas_together_permit_exactly_ten_of_two_hundred_uses()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        using var one = new LedgerLog(host.Store, new LedgerHealth());
        using var other = new LedgerLog(host.Store, new LedgerHealth());
        Decide[] replicas = [Replica(one), Replica(other)];
        var caller = new Caller(Person.Analyst.Subject, Person.Analyst.Organisation, Person.Analyst.Roles.ToHashSet(StringComparer.Ordinal), "ruhr");

        var decisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => replicas[number % 2].HandleAsync(
            new() { AgreementId = agreed.Id, DataAssetId = agreed.DataAssetId, Action = "use", Purpose = Story.HealthResearch }, caller, CancellationToken.None))));

        Assert.Equal(10, decisions.Count(decision => decision.Permitted));
        Assert.Equal(200, decisions.Select(decision => decision.LedgerIndex).Distinct().Count());
        Assert.Null(await LedgerAudit.FindDamageAsync(host.Store, CancellationToken.None));
    }

    private Decide Replica(LedgerLog ledger) => new(ledger, new UseRules(new PolicyText()), host.Service<IIdSource>(), host.Time);
}
