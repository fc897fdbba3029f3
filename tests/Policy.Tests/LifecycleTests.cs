using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Tests;

/// <summary>What happens to agreements besides being concluded.</summary>
public sealed class LifecycleTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private static readonly Person Deputy = new("deputy", "pruefstelle-beispiel", "reviewer");
    private static readonly Person Third = new("third", "pruefstelle-beispiel", "reviewer");

    [Fact]
    public async Task A_suspended_agreement_permits_nothing_until_it_is_resumed()
    {
        var agreed = await host.AgreedAsync();

        var suspended = await host.Agreements(Person.Holder).SuspendAgreementAsync(new() { Id = agreed.Id, Reason = "Verdacht auf Missbrauch." });
        Assert.Equal((State.Suspended, "Verdacht auf Missbrauch."), (suspended.State, suspended.Steps[^1].Comment));
        Assert.Equal("AGREEMENT_NOT_IN_FORCE", (await host.AskAsync(agreed)).Reasons.Single().Code);

        Assert.Equal(State.Agreed, (await host.Agreements(Person.Holder).ResumeAgreementAsync(new() { Id = agreed.Id })).State);
        Assert.True((await host.AskAsync(agreed)).Permitted);
        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreed.Id, 5);
        Assert.Equal(["STATE_SUSPENDED", "STATE_AGREED"], heard.Skip(3).Select(change => change.GetProperty("agreement").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_revoked_agreement_is_at_an_end_for_good()
    {
        var agreed = await host.AgreedAsync();

        await host.Agreements(Person.Holder).RevokeAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.InvalidArgument, "");
        await host.Agreements(Person.OtherHolder).RevokeAgreementAsync(new() { Id = agreed.Id, Reason = "?" }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        var revoked = await host.Agreements(Person.Reviewer).RevokeAgreementAsync(new() { Id = agreed.Id, Reason = "Die Genehmigung ist entfallen." });

        Assert.Equal(State.Revoked, revoked.State);
        Assert.False((await host.AskAsync(agreed)).Permitted);
        await host.Agreements(Person.Holder).ResumeAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
    }

    [Fact]
    public async Task A_counter_offer_that_is_accepted_is_reviewed_anew_and_holds_with_its_own_terms()
    {
        var reviewed = await host.ReviewedAsync();
        var end = host.Time.GetUtcNow().AddMonths(3).ToTimestamp();
        var proposal = new Agreement.Types.CounterOffer
        {
            PolicyJson = Story.AtMostTenTimes, Period = new() { Start = reviewed.Period.Start, End = end }, Comment = "Nur zehn Abfragen, nur drei Monate.",
        };

        var countered = await host.Agreements(Person.Holder).CounterAgreementAsync(new() { Id = reviewed.Id, CounterOffer = proposal });
        Assert.Equal((State.Countered, "requester", "institut-beispiel"), (countered.State, countered.Waits.Role, countered.Waits.OrganisationId));
        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = reviewed.Id }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");

        var accepted = await host.Agreements(Person.Analyst).AcceptCounterOfferAsync(new() { Id = reviewed.Id });
        Assert.Equal((State.Requested, Story.AtMostTenTimes, end, null), (accepted.State, accepted.PolicyJson, accepted.Period.End, accepted.CounterOffer));
        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Story.Approval(reviewed.Id));
        var agreed = await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = reviewed.Id });
        Assert.True((await host.AskAsync(agreed)).Permitted);
    }

    [Fact]
    public async Task A_counter_offer_nobody_could_use_is_refused()
    {
        var requested = await host.RequestedAsync();
        async Task Refused(string policy, StatusCode status, string reason) => await host.Agreements(Person.Holder).CounterAgreementAsync(
            new() { Id = requested.Id, CounterOffer = new() { PolicyJson = policy, Comment = "So." } }).RefusedAsync(status, reason);

        await Refused("{", StatusCode.InvalidArgument, "");
        await Refused(Story.AtMostTenTimes.Replace("\"lteq\", \"rightOperand\": 10", "\"lt\", \"rightOperand\": 0", StringComparison.Ordinal), StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
        await Refused(Story.ResearchOnly.Replace("art_53.1.e", "art_54.c", StringComparison.Ordinal), StatusCode.FailedPrecondition, "POLICY_CONFLICT");
    }

    [Fact]
    public async Task A_requester_can_withdraw_until_it_is_concluded()
    {
        var requested = await host.RequestedAsync();

        var withdrawn = await host.Agreements(Person.Analyst).WithdrawAgreementAsync(new() { Id = requested.Id, Reason = "Die Frage hat sich erledigt." });

        Assert.Equal((State.Refused, "institut-beispiel"), (withdrawn.State, withdrawn.Steps[^1].OrganisationId));
        await host.Agreements(Person.Analyst).WithdrawAgreementAsync(new() { Id = (await host.AgreedAsync()).Id, Reason = "Zu spät." }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
    }

    [Fact]
    public async Task A_renewal_is_a_new_request_that_names_the_old_agreement()
    {
        var agreed = await host.AgreedAsync();

        var renewal = await host.Agreements(Person.Analyst).RenewAgreementAsync(
            new() { Id = agreed.Id, Period = new() { End = host.Time.GetUtcNow().AddYears(2).ToTimestamp() } });

        Assert.Equal((State.Requested, agreed.Id, agreed.Period.End, agreed.Question), (renewal.State, renewal.RenewsAgreementId, renewal.Period.Start, renewal.Question));
        await host.Agreements(Person.Analyst).RenewAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.InvalidArgument, "");
    }

    [Fact]
    public async Task What_is_assigned_waits_for_that_person_or_the_deputy_until_the_deadline()
    {
        var requested = await host.RequestedAsync();
        var assigned = await host.Agreements(Person.Reviewer).AssignAgreementAsync(new()
        {
            Id = requested.Id, Subject = Person.Reviewer.Subject, DeputySubject = Deputy.Subject, Deadline = host.Time.GetUtcNow().AddDays(14).ToTimestamp(),
        });
        Assert.Equal(["reviewer", "deputy"], assigned.Waits.Subjects);

        await host.Agreements(Third).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.PermissionDenied, "ASSIGNED_TO_OTHERS");
        Assert.Equal(State.Reviewed, (await host.Agreements(Deputy).ReviewAgreementAsync(Story.Approval(requested.Id))).State);
    }

    [Fact]
    public async Task After_the_deadline_somebody_else_can_act_and_the_list_says_so()
    {
        var requested = await host.RequestedAsync();
        await host.Agreements(Person.Reviewer).AssignAgreementAsync(new() { Id = requested.Id, Subject = "away", Deadline = host.Time.GetUtcNow().AddDays(1).ToTimestamp() });
        host.Time.Set(host.Time.GetUtcNow().AddDays(2));

        var overdue = (await host.Agreements(Third).ListWaitingAgreementsAsync(new() { OverdueOnly = true })).Agreements;

        var found = overdue.Single(agreement => agreement.Id == requested.Id);
        Assert.True(found.Waits.Overdue);
        Assert.NotEmpty(found.Waits.Reason.Values["de"]);
        Assert.Equal(State.Reviewed, (await host.Agreements(Third).ReviewAgreementAsync(Story.Approval(requested.Id))).State);
    }

    [Fact]
    public async Task Nobody_assigns_what_is_not_theirs_or_to_who_asked()
    {
        var requested = await host.RequestedAsync();

        await host.Agreements(Person.Holder).AssignAgreementAsync(new() { Id = requested.Id, Subject = "me" }).RefusedAsync(StatusCode.PermissionDenied, "NOT_YOURS_TO_ASSIGN");
        await host.Agreements(Person.Reviewer).AssignAgreementAsync(new() { Id = requested.Id, Subject = Person.Analyst.Subject }).RefusedAsync(StatusCode.PermissionDenied, "SELF_APPROVAL");
        await host.Agreements(Person.Reviewer).AssignAgreementAsync(new() { Id = requested.Id }).RefusedAsync(StatusCode.InvalidArgument, "");
    }

    [Fact]
    public async Task Everything_that_waits_names_a_role_a_deadline_and_a_reason()
    {
        await host.RequestedAsync();
        await host.ReviewedAsync();

        var waiting = (await host.Agreements(Person.Auditor).ListWaitingAgreementsAsync(new() { PageSize = 200 })).Agreements;

        Assert.All(waiting, agreement => Assert.True(agreement.Waits is { Role.Length: > 0, Deadline: not null, Since: not null } && agreement.Waits.Reason.Values["en"].Length > 0));
        Assert.Equal(waiting.Select(agreement => agreement.Waits.Deadline).Order(), waiting.Select(agreement => agreement.Waits.Deadline));
    }

    [Fact]
    public async Task A_concluded_agreement_is_signed_and_what_was_signed_stays()
    {
        var agreed = await host.AgreedAsync();
        var key = await host.Ledger().GetLedgerKeyAsync(new());
        var jws = JsonNode.Parse(agreed.Jws)!;
        var (header, payload) = (Decoded(jws["protected"]), Decoded(jws["payload"]));
        using var verifier = ECDsa.Create();
        verifier.ImportFromPem(key.PublicKeyPem);

        Assert.True(verifier.VerifyData(
            Encoding.ASCII.GetBytes($"{jws["protected"]}.{jws["payload"]}"), WebEncoders.Base64UrlDecode((string)jws["signature"]!), HashAlgorithmName.SHA256));
        Assert.Equal(("ES256", key.KeyId), ((string)header["alg"]!, (string)header["kid"]!));
        Assert.Equal((agreed.Id, agreed.PolicySha256, agreed.Purpose), ((string)payload["agreement"]!, (string)payload["policySha256"]!, (string)payload["purpose"]!));
        var revoked = await host.Agreements(Person.Holder).RevokeAgreementAsync(new() { Id = agreed.Id, Reason = "Ende." });
        Assert.Equal(agreed.Jws, revoked.Jws);
    }

    [Fact]
    public async Task A_permit_keeps_what_the_regulation_asks_for()
    {
        var request = host.RequestFor(await host.OfferedAsync(Story.ResearchOnly));
        request.Permit = new() { DataForm = Agreement.Types.DataForm.Pseudonymised, ProcessingEnvironment = "Sichere Umgebung Ruhr", AuthorisedPersons = { "p-17" } };
        await host.Agreements(Person.Analyst).RequestAgreementAsync(request).RefusedAsync(StatusCode.InvalidArgument, "");

        request.Permit.PseudonymisedJustification = "Verläufe über mehrere Einrichtungen lassen sich nur so verbinden.";
        Assert.Equal(request.Permit, (await host.Agreements(Person.Analyst).RequestAgreementAsync(request)).Permit);
    }

    private static JsonNode Decoded(JsonNode? part) => JsonNode.Parse(WebEncoders.Base64UrlDecode((string)part!))!;
}
