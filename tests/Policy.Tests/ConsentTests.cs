using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>Consents of groups of data subjects: what terms depend on them permits while they hold, and nothing a moment longer.</summary>
public sealed class ConsentTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task A_use_is_permitted_from_the_consent_to_its_withdrawal_and_the_ledger_tells_why()
    {
        var group = Group();
        var agreed = await AgreedAsync(group);
        AssertMissing(await host.AskAsync(agreed));

        var consent = await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(group) });
        var permitted = await host.AskAsync(agreed);
        Assert.True(permitted.Permitted);

        var withdrawn = await host.Consents(Person.Holder).WithdrawConsentAsync(new() { Id = consent.Id, Reason = "Widerruf der Gruppe." });
        Assert.Equal((true, "Widerruf der Gruppe."), (withdrawn.WithdrawTime is not null, withdrawn.WithdrawalReason));
        AssertMissing(await host.AskAsync(agreed));
        await host.Consents(Person.Holder).WithdrawConsentAsync(new() { Id = consent.Id, Reason = "Noch einmal." }).RefusedAsync(StatusCode.FailedPrecondition, "ALREADY_WITHDRAWN");

        var records = (await host.Ledger(Person.Holder).ListLedgerEntriesAsync(new() { HolderId = Person.Holder.Organisation, PageSize = 1000 })).Entries
            .Select(entry => LedgerRecord.Parser.ParseJson(entry.Leaf.ToStringUtf8())).ToList();
        Assert.Equal(["CONSENT_RECORDED", "CONSENT_WITHDRAWN"], records.Where(record => record.ConsentId == consent.Id).Select(record => record.Kind));
        Assert.Equal([group], Assert.Single(Assert.Single(records, record => record.DecisionId == permitted.Id).Facts).Values);
    }

    [Theory]
    [InlineData("another purpose")]
    [InlineData("another user")]
    [InlineData("another data asset")]
    [InlineData("not yet")]
    [InlineData("no longer")]
    [InlineData("another holder")]
    [InlineData("another group")]
    public async Task A_consent_covers_nothing_else(string what)
    {
        var group = Group();
        var agreed = await AgreedAsync(group);
        var (consent, holder) = (Covering(group), Person.Holder);
        switch (what)
        {
            case "another purpose":
                (consent.Purposes[0], holder) = ("https://w3id.org/dpv#ProvideOfficialStatistics", Person.Holder);
                break;
            case "another user":
                consent.UserIds.Add(Person.Developer.Organisation);
                break;
            case "another data asset":
                consent.DataAssetIds.Add("another");
                break;
            case "not yet":
                consent.Period = new() { Start = host.Time.GetUtcNow().AddDays(1).ToTimestamp() };
                break;
            case "no longer":
                consent.Period = new() { End = host.Time.GetUtcNow().ToTimestamp() };
                break;
            case "another holder":
                holder = Person.OtherHolder;
                break;
            default:
                consent.Group = Group();
                break;
        }

        await host.Consents(holder).RecordConsentAsync(new() { Consent = consent });

        AssertMissing(await host.AskAsync(agreed));
    }

    [Fact]
    public async Task A_narrower_purpose_than_the_consented_one_is_covered()
    {
        var group = Group();
        var agreed = await AgreedAsync(group);
        await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(group) });

        Assert.True((await host.AskAsync(agreed, purpose: Story.TrainAlgorithms)).Permitted);
    }

    [Fact]
    public async Task Every_group_that_the_terms_name_must_have_consented()
    {
        var (one, other) = (Group(), Group());
        var agreed = await host.AgreedAsync(Terms($$"""[{ "@id": "{{one}}" }, { "@id": "{{other}}" }]"""));
        await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(one) });
        Assert.False((await host.AskAsync(agreed)).Permitted);

        await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(other) });
        Assert.True((await host.AskAsync(agreed)).Permitted);
    }

    [Fact]
    public async Task A_connector_cannot_state_a_consent() => await host.Decisions(Person.Analyst).DecideAsync(new()
    {
        AgreementId = "any", DataAssetId = "any", Action = "use", Purpose = Story.HealthResearch,
        Statements = { new Statement { LeftOperand = "urn:ecosystem:consent", Values = { "urn:example:group" } } },
    }).RefusedAsync(StatusCode.InvalidArgument, "");

    [Fact]
    public async Task Holders_see_their_own_consents_and_reviewers_all()
    {
        var group = Group();
        var consent = await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(group) });

        Assert.Equal([consent.Id], (await host.Consents(Person.Reviewer).ListConsentsAsync(new() { Group = group })).Consents.Select(found => found.Id));
        Assert.Empty((await host.Consents(Person.OtherHolder).ListConsentsAsync(new() { Group = group })).Consents);
        await host.Consents(Person.OtherHolder).GetConsentAsync(new() { Id = consent.Id }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        await host.Consents(Person.OtherHolder).WithdrawConsentAsync(new() { Id = consent.Id, Reason = "?" }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        await host.Consents(Person.Analyst).RecordConsentAsync(new() { Consent = Covering(group) }).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
    }

    [Fact]
    public async Task What_is_missing_is_named_each()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await host.Consents(Person.Holder).RecordConsentAsync(new()));

        var details = System.Text.Encoding.UTF8.GetString(refusal.Trailers.GetValueBytes("grpc-status-details-bin")!);
        Assert.All(["consent.group", "consent.purposes", "consent.evidence"], field => Assert.Contains(field, details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_region_can_ask_for_the_consents_kept_here()
    {
        var group = Group();
        await host.Consents(Person.Holder).RecordConsentAsync(new() { Consent = Covering(group) });
        var question = new LookUpRequest
        {
            LeftOperands = { "urn:ecosystem:consent" }, HolderId = Person.Holder.Organisation, UserId = Person.Analyst.Organisation, DataAssetId = "any",
            Purpose = Story.HealthResearch, Wanted = { group, Group() },
        };

        var answer = await host.LookUps(new("saar", "policy", "service")).LookUpAsync(question);

        Assert.Equal([group], Assert.Single(answer.Known).Values);
        await host.LookUps(Person.Analyst).LookUpAsync(question).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
    }

    private static void AssertMissing(Decision decision)
    {
        Assert.False(decision.Permitted);
        Assert.Contains("CONSENT_MISSING", decision.Reasons.Select(reason => reason.Code));
    }

    private static string Terms(string groups) => $$"""
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:example:consented", "permission": [{ "action": "use",
          "constraint": [{ "leftOperand": "urn:ecosystem:consent", "operator": "isAllOf", "rightOperand": {{groups}} }] }] }
        """;

    private static Consent Covering(string group) => new() { Group = group, Purposes = { Story.HealthResearch }, Evidence = "Einwilligung Fassung 3" };

    private string Group() => $"urn:uuid:{host.Service<Ecosystem.Storage.IIdSource>().Next()}";

    private async Task<Agreement> AgreedAsync(string group)
    {
        var terms = await host.Terms().FillTermsTemplateAsync(new() { TemplateId = "consented-groups", Answers = { ["group"] = group } });
        Assert.Contains("Einwilligung", terms.Text[0].Values["de"], StringComparison.Ordinal);
        return await host.AgreedAsync(terms.PolicyJson);
    }
}
