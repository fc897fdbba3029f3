using Ecosystem.Policy.V1;
using Grpc.Core;
using Stage = Ecosystem.Policy.V1.Agreement.Types.ReviewStage;
using State = Ecosystem.Policy.V1.Agreement.Types.State;
using StageVerdict = Ecosystem.Policy.V1.Agreement.Types.ReviewVerdict;
using Verdict = Ecosystem.Policy.V1.ReviewAgreementRequest.Types.Verdict;

namespace Ecosystem.Policy.Tests;

/// <summary>The legal review in stages: data protection, then ethics where it is needed.</summary>
public sealed class ReviewTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private static Person Ethicist { get; } = new("ethicist", "ethik-beispiel", "reviewer");

    [Fact]
    public async Task Without_further_wishes_a_request_has_the_stage_of_data_protection()
    {
        var requested = await host.RequestedAsync();

        Assert.Equal([(Stage.DataProtection, StageVerdict.Unspecified)], requested.Reviews.Select(review => (review.Stage, review.Verdict)));
        Assert.Contains("datenschutzrechtliche Prüfung", requested.Waits.Reason.Values["de"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_stages_are_gone_through_in_their_order_each_with_its_deadline_and_comment()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        var protectedByLaw = await ReviewAsync(Person.Reviewer, requested, comment: "Rechtmäßig.");

        Assert.Equal(State.Requested, protectedByLaw.State);
        Assert.Contains("ethics review", protectedByLaw.Waits.Reason.Values["en"], StringComparison.Ordinal);
        Assert.True(protectedByLaw.Waits.Deadline.ToDateTimeOffset() > host.Time.GetUtcNow());
        var reviewed = await ReviewAsync(Ethicist, requested, comment: "Vertretbar.");

        Assert.Equal(State.Reviewed, reviewed.State);
        Assert.Equal(
            [(Stage.DataProtection, "Rechtmäßig.", "pruefstelle-beispiel"), (Stage.Ethics, "Vertretbar.", "ethik-beispiel")],
            reviewed.Reviews.Select(review => (review.Stage, review.Comment, review.OrganisationId)));
        Assert.Equal([Stage.Unspecified, Stage.DataProtection, Stage.Ethics], reviewed.Steps.Select(step => step.Stage));
    }

    [Fact]
    public async Task The_ledger_names_the_stage_of_every_verdict()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        await ReviewAsync(Person.Reviewer, requested);
        await host.Agreements(Ethicist).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Refused, Comment = "Belastet Einzelne." });

        var entries = (await host.Ledger(Person.Holder).ListLedgerEntriesAsync(new() { AgreementId = requested.Id })).Entries;

        Assert.Equal(
            [("AGREEMENT_REQUESTED", Stage.Unspecified), ("AGREEMENT_REVIEWED", Stage.DataProtection), ("AGREEMENT_REFUSED", Stage.Ethics)],
            entries.Select(entry => LedgerRecord.Parser.ParseJson(entry.Leaf.ToStringUtf8())).Select(record => (record.Kind, record.ReviewStage)));
    }

    [Fact]
    public async Task Nobody_reviews_two_stages_and_nobody_jumps_the_order()
    {
        var requested = await RequestedAsync(Stage.Ethics);

        await host.Agreements(Ethicist).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Approved, Stage = Stage.Ethics }).RefusedAsync(StatusCode.FailedPrecondition, "OTHER_STAGE");
        await ReviewAsync(Person.Reviewer, requested);
        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.PermissionDenied, "SELF_APPROVAL");
        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = requested.Id }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
    }

    [Fact]
    public async Task Who_reviewed_any_stage_does_not_confirm()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        await ReviewAsync(Person.Reviewer, requested);
        await ReviewAsync(Ethicist, requested);

        foreach (var reviewer in new[] { Person.Reviewer, Ethicist })
        {
            await host.Agreements(Person.Holder with { Subject = reviewer.Subject }).ConfirmAgreementAsync(new() { Id = requested.Id })
                .RefusedAsync(StatusCode.PermissionDenied, "SELF_APPROVAL");
        }
    }

    [Fact]
    public async Task Data_protection_can_ask_for_an_ethics_review_and_its_finding_stands_in_the_permit()
    {
        var request = host.RequestFor(await host.OfferedAsync(Story.ResearchOnly));
        request.Permit = new() { ProcessingEnvironment = "Sichere Umgebung Ruhr" };
        var requested = await host.Agreements(Person.Analyst).RequestAgreementAsync(request);

        var waiting = await host.Agreements(Person.Reviewer).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Approved, AlsoNeeds = { Stage.Ethics } });
        var reviewed = await ReviewAsync(Ethicist, requested, comment: "Keine Bedenken.");

        Assert.Equal((State.Requested, State.Reviewed, "Keine Bedenken."), (waiting.State, reviewed.State, reviewed.Permit.EthicsAssessment));
    }

    [Fact]
    public async Task A_refusal_in_any_stage_ends_the_request()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        await ReviewAsync(Person.Reviewer, requested);

        var refused = await host.Agreements(Ethicist).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Refused, Comment = "Belastet Einzelne." });

        Assert.Equal((State.Refused, StageVerdict.Refused, Stage.Ethics), (refused.State, refused.Reviews[1].Verdict, refused.Steps[^1].Stage));
    }

    [Fact]
    public async Task Each_stage_is_assigned_on_its_own()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        await host.Agreements(Person.Reviewer).AssignAgreementAsync(new() { Id = requested.Id, Subject = Person.Reviewer.Subject, DeputySubject = "deputy" });
        var second = await ReviewAsync(Person.Reviewer, requested);

        Assert.Empty(second.Waits.Subjects);
        await host.Agreements(Ethicist).AssignAgreementAsync(new() { Id = requested.Id, Subject = "another", DeputySubject = Ethicist.Subject });
        await host.Agreements(Ethicist with { Subject = "third" }).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.PermissionDenied, "ASSIGNED_TO_OTHERS");
        Assert.Equal(State.Reviewed, (await ReviewAsync(Ethicist, requested)).State);
    }

    [Fact]
    public async Task After_a_counter_offer_every_stage_is_open_again()
    {
        var requested = await RequestedAsync(Stage.Ethics);
        await ReviewAsync(Person.Reviewer, requested);
        await host.Agreements(Person.Holder).CounterAgreementAsync(new() { Id = requested.Id, CounterOffer = new() { PolicyJson = Story.AtMostTenTimes, Comment = "Höchstens zehnmal." } });

        var again = await host.Agreements(Person.Analyst).AcceptCounterOfferAsync(new() { Id = requested.Id });

        Assert.Equal([(Stage.DataProtection, StageVerdict.Unspecified), (Stage.Ethics, StageVerdict.Unspecified)], again.Reviews.Select(review => (review.Stage, review.Verdict)));
        Assert.Equal(State.Requested, (await ReviewAsync(Person.Reviewer, requested)).State);
    }

    [Fact]
    public async Task What_is_suspended_waits_for_somebody_as_well()
    {
        var held = await host.AgreedAsync();
        var suspended = await host.Agreements(Person.Holder).SuspendAgreementAsync(new() { Id = held.Id, Reason = "Klärung." });
        var usedUp = await host.AgreedAsync(Story.AtMostTenTimes.Replace("10", "1", StringComparison.Ordinal));
        await host.AskAsync(usedUp);
        usedUp = await host.Agreements(Person.Analyst).GetAgreementAsync(new() { Id = usedUp.Id });

        Assert.Equal(("data-holder", Person.Holder.Organisation), (suspended.Waits.Role, suspended.Waits.OrganisationId));
        Assert.Equal(("requester", Person.Analyst.Organisation), (usedUp.Waits.Role, usedUp.Waits.OrganisationId));
        Assert.All(new[] { suspended, usedUp }, agreement => Assert.True(agreement.Waits.Deadline is not null && agreement.Waits.Reason.Values["de"].Length > 0));
        Assert.Null((await host.Agreements(Person.Holder).ResumeAgreementAsync(new() { Id = held.Id })).Waits);
    }

    private async Task<Agreement> RequestedAsync(params Stage[] stages)
    {
        var request = host.RequestFor(await host.OfferedAsync(Story.ResearchOnly));
        request.ReviewStages.Add(stages);
        return await host.Agreements(Person.Analyst).RequestAgreementAsync(request);
    }

    private async Task<Agreement> ReviewAsync(Person reviewer, Agreement agreement, string comment = "") =>
        await host.Agreements(reviewer).ReviewAgreementAsync(new() { Id = agreement.Id, Verdict = Verdict.Approved, Comment = comment });
}
