using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;
using Verdict = Ecosystem.Policy.V1.ReviewAgreementRequest.Types.Verdict;

namespace Ecosystem.Policy.Tests;

public sealed class AgreementTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task An_agreement_is_requested_reviewed_and_confirmed_and_always_says_who_is_next()
    {
        var requested = await host.RequestedAsync();
        Assert.Equal(State.Requested, requested.State);
        Assert.Contains("Prüfung", requested.Awaits.Values["de"], StringComparison.Ordinal);

        var reviewed = await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Story.Approval(requested.Id));
        Assert.Equal(State.Reviewed, reviewed.State);
        Assert.Contains("Klinikum Beispiel", reviewed.Awaits.Values["en"], StringComparison.Ordinal);

        var agreed = await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = requested.Id, Comment = "Gern." });
        Assert.Equal(State.Agreed, agreed.State);
        Assert.Null(agreed.Awaits);
        Assert.Equal([State.Requested, State.Reviewed, State.Agreed], agreed.Steps.Select(step => step.State));
        Assert.Equal(["institut-beispiel", "pruefstelle-beispiel", "klinikum-beispiel"], agreed.Steps.Select(step => step.OrganisationId));
        Assert.NotEqual(requested.Etag, agreed.Etag);
    }

    [Fact]
    public async Task Every_change_is_announced()
    {
        var agreed = await host.AgreedAsync();

        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreed.Id, 3);

        Assert.Equal(["1", "2", "3"], heard.Select(data => data.GetProperty("version").GetString()));
        Assert.Equal("STATE_AGREED", heard[2].GetProperty("agreement").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_request_is_refused_when_the_terms_can_never_allow_the_purpose()
    {
        var asset = await host.OfferedAsync(Story.AtMostTenTimes.Replace("count", "purpose", StringComparison.Ordinal).Replace("lteq", "isA", StringComparison.Ordinal)
            .Replace("10", "\"https://w3id.org/dpv#ProvideOfficialStatistics\"", StringComparison.Ordinal));
        var research = await host.OfferedAsync(Story.ResearchOnly);

        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(research, "https://w3id.org/dpv#Marketing")).RefusedAsync(StatusCode.FailedPrecondition, "POLICY_CONFLICT");
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(asset, Story.Advertising)).RefusedAsync(StatusCode.FailedPrecondition, "POLICY_CONFLICT");
    }

    [Fact]
    public async Task What_the_law_prohibits_is_refused_even_where_the_terms_would_allow_it() =>
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(await host.OfferedAsync(Story.AtMostTenTimes), Story.Advertising))
            .RefusedAsync(StatusCode.FailedPrecondition, "POLICY_CONFLICT");

    [Fact]
    public async Task Doubt_about_the_purpose_is_told_to_the_reviewers()
    {
        var doubtful = await host.RequestedAsync(purpose: "urn:example:unheard-of");
        var clear = await host.RequestedAsync();

        Assert.Contains("Ob der Zweck", doubtful.Steps[0].Comment, StringComparison.Ordinal);
        Assert.Empty(clear.Steps[0].Comment);
    }

    [Fact]
    public async Task Terms_that_nobody_could_ever_meet_are_refused_before_anybody_negotiates()
    {
        var sizeBound = await host.OfferedAsync(Story.AtMostTenTimes.Replace("count", "absoluteSize", StringComparison.Ordinal));
        var prohibited = await host.OfferedAsync(Story.ResearchOnly.Replace("distribute", "use", StringComparison.Ordinal));

        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(sizeBound)).RefusedAsync(StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(prohibited)).RefusedAsync(StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
    }

    [Fact]
    public async Task A_data_asset_without_terms_cannot_be_requested()
    {
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(await host.OfferedAsync(null))).RefusedAsync(StatusCode.FailedPrecondition, "NO_OFFER");
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor("unheard-of")).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_own_data_need_no_agreement() =>
        await host.Agreements(Person.Holder with { Roles = ["analyst"] }).RequestAgreementAsync(host.RequestFor(await host.OfferedAsync(Story.ResearchOnly)))
            .RefusedAsync(StatusCode.FailedPrecondition, "OWN_DATA");

    [Theory]
    [InlineData("institut-beispiel", "somebody-else")]
    [InlineData("klinikum-beispiel", "somebody-else")]
    [InlineData("another-organisation", "analyst")]
    public async Task Nobody_reviews_the_own_request_or_the_own_data(string organisation, string subject)
    {
        var requested = await host.RequestedAsync();

        await host.Agreements(new(subject, organisation, "reviewer")).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.PermissionDenied, "SELF_APPROVAL");
    }

    [Fact]
    public async Task Nobody_confirms_what_they_reviewed_themselves()
    {
        var reviewed = await host.ReviewedAsync();

        await host.Agreements(Person.Holder with { Subject = Person.Reviewer.Subject }).ConfirmAgreementAsync(new() { Id = reviewed.Id }).RefusedAsync(StatusCode.PermissionDenied, "SELF_APPROVAL");
    }

    [Fact]
    public async Task The_holder_cannot_confirm_before_the_review()
    {
        var requested = await host.RequestedAsync();

        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = requested.Id }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
        Assert.Equal(State.Requested, (await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = requested.Id })).State);
    }

    [Fact]
    public async Task A_refusal_by_the_review_ends_the_request_and_keeps_its_reason()
    {
        var requested = await host.RequestedAsync();

        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Refused }).RefusedAsync(StatusCode.InvalidArgument, "");
        var refused = await host.Agreements(Person.Reviewer).ReviewAgreementAsync(new() { Id = requested.Id, Verdict = Verdict.Refused, Comment = "Keine Rechtsgrundlage." });

        Assert.Equal((State.Refused, "Keine Rechtsgrundlage."), (refused.State, refused.Steps[^1].Comment));
        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = requested.Id }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
    }

    [Fact]
    public async Task The_holder_can_refuse_at_any_stage_before_the_agreement()
    {
        var requested = await host.RequestedAsync();
        var reviewed = await host.ReviewedAsync();
        var agreed = await host.AgreedAsync();

        Assert.Equal(State.Refused, (await host.Agreements(Person.Holder).RefuseAgreementAsync(new() { Id = requested.Id, Reason = "Nein." })).State);
        Assert.Equal(State.Refused, (await host.Agreements(Person.Holder).RefuseAgreementAsync(new() { Id = reviewed.Id, Reason = "Nein." })).State);
        await host.Agreements(Person.Holder).RefuseAgreementAsync(new() { Id = agreed.Id, Reason = "Nein." }).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Terms_that_were_replaced_or_withdrawn_in_between_are_noticed(bool replaced)
    {
        var requested = await host.RequestedAsync();
        var reviewed = await host.ReviewedAsync();
        foreach (var asset in new[] { requested.DataAssetId, reviewed.DataAssetId })
            await host.OfferedAsync(replaced ? Story.AtMostTenTimes : null, asset, version: 2);

        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.FailedPrecondition, "OFFER_CHANGED");
        await host.Agreements(Person.Holder).ConfirmAgreementAsync(new() { Id = reviewed.Id }).RefusedAsync(StatusCode.FailedPrecondition, "OFFER_CHANGED");
    }

    [Fact]
    public async Task Terms_older_than_those_known_are_ignored()
    {
        var asset = await host.OfferedAsync(Story.ResearchOnly, version: 5);
        await host.OfferedAsync(Story.AtMostTenTimes, asset, version: 4);

        Assert.Contains("research-only", (await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(asset))).PolicyJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_keeps_its_terms_when_the_offer_changes_later()
    {
        var agreed = await host.AgreedAsync();
        await host.OfferedAsync(null, agreed.DataAssetId, version: 2);

        Assert.True((await host.AskAsync(agreed)).Permitted);
    }

    [Fact]
    public async Task Strangers_do_not_learn_that_an_agreement_exists()
    {
        var agreed = await host.AgreedAsync();

        await host.Agreements(Person.OtherHolder).GetAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        await host.Agreements(Person.OtherHolder).ConfirmAgreementAsync(new() { Id = agreed.Id }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        Assert.DoesNotContain(agreed.Id, (await host.Agreements(Person.Developer).ListAgreementsAsync(new() { PageSize = 200 })).Agreements.Select(found => found.Id));
        Assert.Contains(agreed.Id, (await host.Agreements(Person.Auditor).ListAgreementsAsync(new() { DataAssetId = agreed.DataAssetId, State = State.Agreed })).Agreements.Select(found => found.Id));
    }

    [Fact]
    public async Task A_role_that_may_not_is_refused_with_what_is_needed()
    {
        var requested = await host.RequestedAsync();

        await host.Agreements(Person.Holder).RequestAgreementAsync(host.RequestFor(requested.DataAssetId)).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
        await host.Agreements(Person.Analyst).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
        await host.Agreements(Person.Analyst with { Organisation = "" }).RequestAgreementAsync(host.RequestFor(requested.DataAssetId)).RefusedAsync(StatusCode.PermissionDenied, "NO_ORGANISATION");
        var anonymous = await Assert.ThrowsAsync<RpcException>(() => host.Agreements().GetAgreementAsync(new() { Id = requested.Id }).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, anonymous.StatusCode);
    }

    [Fact]
    public async Task Every_missing_field_is_named_at_once_also_over_rest()
    {
        using var reply = await host.Rest(Person.Analyst).PostAsJsonAsync("/policy/v1/agreements", new { purpose = "research" });

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            ["data_asset_id", "question", "legal_basis", "purpose", "period.start", "period.end"],
            problem.GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_over_rest()
    {
        var asset = await host.OfferedAsync(Story.ResearchOnly);
        var request = new
        {
            dataAssetId = asset, question = "Warum?", purpose = Story.HealthResearch, legalBasis = "GDPR Art. 9(2)(j)",
            period = new { start = host.Time.GetUtcNow(), end = host.Time.GetUtcNow().AddDays(30) },
        };

        var id = (await PostAsync(Person.Analyst, "agreements", request)).GetProperty("id").GetString();
        await PostAsync(Person.Reviewer, $"agreements/{id}:review", new { verdict = "VERDICT_APPROVED" });
        await PostAsync(Person.Holder, $"agreements/{id}:confirm", new { });
        var decision = await PostAsync(Person.Analyst, "decisions", new { agreementId = id, dataAssetId = asset, action = "use", purpose = Story.HealthResearch });

        Assert.True(decision.GetProperty("permitted").GetBoolean());
        Assert.Equal("Anonymisieren.", decision.GetProperty("duties")[0].GetProperty("sentence").GetProperty("values").GetProperty("de").GetString());
    }

    [Fact]
    public async Task A_period_longer_than_ten_years_is_refused()
    {
        var request = host.RequestFor(await host.OfferedAsync(Story.ResearchOnly));
        request.Period.End = host.Time.GetUtcNow().AddYears(11).ToTimestamp();

        await host.Agreements(Person.Analyst).RequestAgreementAsync(request).RefusedAsync(StatusCode.InvalidArgument, "");
    }

    private async Task<JsonElement> PostAsync(Person person, string path, object body)
    {
        using var reply = await host.Rest(person).PostAsJsonAsync($"/policy/v1/{path}", body);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }
}

public sealed class ExpiryTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task What_is_over_is_expired_and_announced_and_permits_nothing()
    {
        var requested = await host.RequestedAsync();
        var agreed = await host.AgreedAsync();
        Assert.True((await host.AskAsync(agreed)).Permitted);
        host.Time.Set(host.Time.GetUtcNow().AddYears(1));

        Assert.Equal(State.Expired, (await host.Agreements(Person.Holder).GetAgreementAsync(new() { Id = agreed.Id })).State);
        var decision = await host.AskAsync(agreed);
        Assert.Equal((false, "AGREEMENT_NOT_IN_FORCE"), (decision.Permitted, decision.Reasons.Single().Code));
        await host.Agreements(Person.Reviewer).ReviewAgreementAsync(Story.Approval(requested.Id)).RefusedAsync(StatusCode.FailedPrecondition, "WRONG_STATE");

        Assert.Equal(2, await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None));
        Assert.Equal(0, await host.Service<ExpireAgreements>().ExpireAsync(CancellationToken.None));
        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.AgreementChanged", agreed.Id, 4);
        Assert.Equal("STATE_EXPIRED", heard[3].GetProperty("agreement").GetProperty("state").GetString());
    }
}
