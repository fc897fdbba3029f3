using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Ecosystem.Testing;

namespace Ecosystem.Policy.Tests;

/// <summary>Two replicas of the service over one store: between them only the etag of the ledger's head decides.</summary>
public sealed class ReplicaTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task Two_replicas_together_permit_exactly_ten_of_two_hundred_uses()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        using var one = new LedgerLog(host.Store, new LedgerHealth(), new AgreementNews());
        using var other = new LedgerLog(host.Store, new LedgerHealth(), new AgreementNews());
        using var first = Replica(one);
        using var second = Replica(other);
        Decide[] replicas = [first, second];
        var caller = new Caller(Person.Analyst.Subject, Person.Analyst.Organisation, Person.Analyst.Roles.ToHashSet(StringComparer.Ordinal), "ruhr");

        var decisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => replicas[number % 2].HandleAsync(
            new() { AgreementId = agreed.Id, DataAssetId = agreed.DataAssetId, Action = "use", Purpose = Story.HealthResearch }, caller, CancellationToken.None))));

        Assert.Equal(10, decisions.Count(decision => decision.Permitted));
        Assert.Equal(200, decisions.Select(decision => decision.LedgerIndex).Distinct().Count());
        Assert.Null(await LedgerAudit.FindDamageAsync(host.Store, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Two_replicas_on_postgresql_together_permit_exactly_a_hundred_of_a_thousand_uses_at_once()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        var one = new PolicyHost { ConnectionString = database };
        var other = new PolicyHost { ConnectionString = database };
        await one.InitializeAsync();
        await other.InitializeAsync();
        try
        {
            var agreed = await one.AgreedAsync(Story.AtMostTenTimes.Replace("10", "100", StringComparison.Ordinal));
            DecisionService.DecisionServiceClient[] replicas = [one.Decisions(Person.Analyst), other.Decisions(Person.Analyst)];

            var decisions = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => replicas[number % 2].DecideAsync(
                new() { AgreementId = agreed.Id, DataAssetId = agreed.DataAssetId, Action = "use", Purpose = Story.HealthResearch }).ResponseAsync));

            Assert.Equal(100, decisions.Count(decision => decision.Permitted));
            Assert.All(decisions.Where(decision => !decision.Permitted), decision => Assert.Contains("COUNT_EXHAUSTED", decision.Reasons.Select(reason => reason.Code)));
            Assert.Equal(1000, decisions.Select(decision => decision.LedgerIndex).Distinct().Count());
            Assert.Null(await LedgerAudit.FindDamageAsync(other.Store, CancellationToken.None));
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }

    private Decide Replica(LedgerLog ledger) => new(
        ledger, new UseRules(new PolicyText()), host.Service<InformationGathering>(), new OwnFacts(new PolicyText()), host.Service<IIdSource>(), host.Time);
}

/// <summary>The moment before the first entry, when there is no head yet that could be guarded by its etag.</summary>
public sealed class FirstEntryTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task Two_replicas_that_begin_the_ledger_at_the_same_moment_get_a_number_each()
    {
        using var one = new LedgerLog(host.Store, new LedgerHealth(), new AgreementNews());
        using var other = new LedgerLog(host.Store, new LedgerHealth(), new AgreementNews());
        var arrived = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<long> Append(LedgerLog ledger) => ledger.ChangeAsync(
            async transaction =>
            {
                if (Interlocked.Increment(ref arrived) == 2)
                    both.SetResult();
                await both.Task; // by now both have seen that there is nothing
                return transaction.Append(new LedgerRecord { Kind = "USE_REFUSED" });
            },
            CancellationToken.None);

        var numbers = await Task.WhenAll(Append(one), Append(other));

        Assert.Equal([0L, 1L], numbers.Order());
        Assert.Equal(3, arrived);
        Assert.Null(await LedgerAudit.FindDamageAsync(host.Store, CancellationToken.None));
    }
}
