using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Tests;

/// <summary>Many uses, uses that go on, and what follows from a use.</summary>
public sealed class UseTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private const string UntilFebruary = """
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:until-february",
          "permission": [{ "action": "use", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2100-02-01T00:00:00Z", "@type": "xsd:dateTime" } }] }] }
        """;

    [Fact]
    public async Task A_batch_is_decided_in_order_and_counts_each_use()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        var batch = new DecideBatchRequest { Requests = { Enumerable.Repeat(Use(agreed), 12) } };

        var decisions = (await host.Decisions(Person.Analyst).DecideBatchAsync(batch)).Decisions;

        Assert.Equal([.. Enumerable.Repeat(true, 10), false, false], decisions.Select(decision => decision.Permitted));
        Assert.Equal(Enumerable.Range(0, 12).Select(number => decisions[0].LedgerIndex + number + (number >= 10 ? 1 : 0)), decisions.Select(decision => decision.LedgerIndex));
    }

    [Fact]
    public async Task A_batch_with_an_incomplete_question_decides_nothing()
    {
        var agreed = await host.AgreedAsync();
        var before = await host.Ledger().GetCheckpointAsync(new());

        await host.Decisions(Person.Analyst).DecideBatchAsync(new() { Requests = { Use(agreed), new DecideRequest() } }).RefusedAsync(StatusCode.InvalidArgument, "");
        await host.Decisions(Person.Analyst).DecideBatchAsync(new()).RefusedAsync(StatusCode.InvalidArgument, "");
        await host.Decisions(Person.Analyst).DecideBatchAsync(new() { Requests = { Enumerable.Repeat(Use(agreed), 501) } }).RefusedAsync(StatusCode.InvalidArgument, "");

        Assert.Equal(before.Root, (await host.Ledger().GetCheckpointAsync(new())).Root);
    }

    [Fact]
    public async Task Questions_in_a_stream_are_answered_one_by_one()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        using var call = host.Decisions(Person.Analyst).DecideStream();

        for (var number = 1; number <= 12; number++)
        {
            await call.RequestStream.WriteAsync(new() { Request = Use(agreed) });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(number <= 10, call.ResponseStream.Current.Permitted);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task The_last_agreed_use_suspends_the_agreement_and_says_so()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        for (var use = 0; use < 10; use++)
            Assert.True((await host.AskAsync(agreed)).Permitted);

        var suspended = await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = agreed.Id });
        Assert.Equal((State.Suspended, true), (suspended.State, suspended.Steps[^1].Comment.Contains("used up", StringComparison.Ordinal)));
        await host.Agreements(Person.Holder).ResumeAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.FailedPrecondition, "TERMS_AT_AN_END");
        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreed.Id, 4);
        Assert.Equal("STATE_SUSPENDED", heard[3].GetProperty("agreement").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Terms_whose_time_is_over_suspend_the_agreement_and_say_so()
    {
        var soon = host.Time.GetUtcNow().AddDays(7);
        var agreed = await host.AgreedAsync(UntilFebruary.Replace("2100-02-01T00:00:00Z", $"{soon:yyyy-MM-dd'T'HH:mm:ss'Z'}", StringComparison.Ordinal));
        Assert.True((await host.AskAsync(agreed)).Permitted);
        await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None);
        Assert.Equal(State.Agreed, (await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = agreed.Id })).State);

        host.Time.Set(soon.AddSeconds(1));
        await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None);

        Assert.Equal(State.Suspended, (await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = agreed.Id })).State);
        Assert.Equal("TIME_NOT_ALLOWED", (await host.AskAsync(agreed)).Reasons.Single().Code);
    }

    [Fact]
    public async Task A_fulfilled_duty_is_in_the_ledger_beside_its_decision()
    {
        var agreed = await host.AgreedAsync();
        var decision = await host.AskAsync(agreed);
        var fulfilment = new FulfilDutyRequest { DecisionId = decision.Id, Action = "anonymize", Evidence = "Protokoll 17" };

        var recorded = await host.Decisions(Person.Analyst).FulfilDutyAsync(fulfilment);

        var entry = Assert.Single((await host.Ledger(Person.Holder).ListLedgerEntriesAsync(new() { AgreementId = agreed.Id, Kind = "DUTY_FULFILLED" })).Entries);
        var record = LedgerRecord.Parser.ParseJson(entry.Leaf.ToStringUtf8());
        Assert.Equal((recorded.LedgerIndex, decision.Id, "Protokoll 17"), (entry.Index, record.DecisionId, record.Evidence));
        await host.Decisions(Person.Developer).FulfilDutyAsync(fulfilment).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        fulfilment.Action = "delete";
        await host.Decisions(Person.Analyst).FulfilDutyAsync(fulfilment).RefusedAsync(StatusCode.FailedPrecondition, "NO_SUCH_DUTY");
    }

    private static DecideRequest Use(Agreement agreement) =>
        new() { AgreementId = agreement.Id, DataAssetId = agreement.DataAssetId, Action = "use", Purpose = Story.HealthResearch };
}
