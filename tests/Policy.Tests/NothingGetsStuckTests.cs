using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Tests;

/// <summary>In each state either somebody has to act, until a time and for a reason that everybody concerned reads, or the agreement has an end that says why.</summary>
public sealed class NothingGetsStuckTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    public static TheoryData<State> States() => [.. Enum.GetValues<State>().Where(state => state is not State.Unspecified)];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Every_state_says_who_is_due_until_when_and_why_or_why_it_is_over(State state)
    {
        var id = (await InStateAsync(state)).Id;

        foreach (var person in new[] { Person.Analyst, Person.Holder, Person.Reviewer, Person.Auditor })
        {
            var seen = await host.Agreements(person).GetAgreementAsync(new() { Id = id });
            Assert.Equal(state, seen.State);
            if (AgreementState.Waiting.Contains(state))
                await AssertSomebodyIsDueAsync(seen, person);
            else if (state is State.Agreed)
                Assert.True(seen.Waits is null && seen.Period.End.ToDateTimeOffset() > host.Time.GetUtcNow());
            else
                Assert.True(seen.Waits is null && seen.Steps[^1].Comment.Length > 0, "an end has its reason");
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Every_state_was_announced(State state)
    {
        var agreement = await InStateAsync(state);

        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreement.Id, agreement.Steps.Count);

        var names = agreement.Steps.Select(step => $"STATE_{AgreementState.Name(step.State)}");
        Assert.Equal(names, heard.Select(change => change.GetProperty("agreement").GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData(State.Requested)]
    [InlineData(State.Reviewed)]
    [InlineData(State.Countered)]
    [InlineData(State.Suspended)]
    [InlineData(State.Agreed)]
    public async Task Whatever_nobody_acts_on_ends_by_the_clock_and_says_what_was_awaited(State state)
    {
        var agreement = await InStateAsync(state);
        host.Time.Set(agreement.Period.End.ToDateTimeOffset());
        await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None);

        var over = await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = agreement.Id });

        Assert.Equal((State.Expired, null), (over.State, over.Waits));
        Assert.Contains(agreement.Waits?.Reason.Values["en"] ?? "The agreed period is over.", over.Steps[^1].Comment, StringComparison.Ordinal);
    }

    private async Task AssertSomebodyIsDueAsync(Agreement seen, Person person)
    {
        Assert.Contains(seen.Waits.Role, new[] { "reviewer", "data-holder", "requester" });
        Assert.True(seen.Waits.Role == "reviewer" || seen.Waits.OrganisationId.Length > 0, "an organisation is named");
        Assert.True(seen.Waits.Since.ToDateTimeOffset() <= host.Time.GetUtcNow() && seen.Waits.Deadline.ToDateTimeOffset() > host.Time.GetUtcNow());
        Assert.True(seen.Waits.Reason.Values["de"].Length > 0 && seen.Waits.Reason.Values["en"].Length > 0);
        Assert.Equal(seen.Waits.Reason, seen.Awaits);
        var waiting = (await host.Agreements(person).ListWaitingAgreementsAsync(new() { PageSize = 200 })).Agreements;
        Assert.Contains(seen.Id, waiting.Select(agreement => agreement.Id));
    }

    private async Task<Agreement> InStateAsync(State state)
    {
        switch (state)
        {
            case State.Requested:
                return await host.RequestedAsync();
            case State.Reviewed:
                return await host.ReviewedAsync();
            case State.Agreed:
                return await host.AgreedAsync();
            case State.Countered:
                return await host.Agreements(Person.Holder).CounterAgreementAsync(
                    new() { Id = (await host.RequestedAsync()).Id, CounterOffer = new() { PolicyJson = Story.AtMostTenTimes, Comment = "Höchstens zehnmal." } });
            case State.Suspended:
                return await host.Agreements(Person.Holder).SuspendAgreementAsync(new() { Id = (await host.AgreedAsync()).Id, Reason = "Klärung." });
            case State.Refused:
                return await host.Agreements(Person.Holder).RefuseAgreementAsync(new() { Id = (await host.RequestedAsync()).Id, Reason = "Nein." });
            case State.Revoked:
                return await host.Agreements(Person.Holder).RevokeAgreementAsync(new() { Id = (await host.AgreedAsync()).Id, Reason = "Ende." });
            case State.Expired:
                var soonOver = await host.AgreedAsync();
                host.Time.Set(soonOver.Period.End.ToDateTimeOffset());
                await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None);
                return await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = soonOver.Id });
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, "How does an agreement come into this state?");
        }
    }
}
