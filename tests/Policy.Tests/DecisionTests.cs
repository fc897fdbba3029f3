using System.Text;
using Ecosystem.Policy.V1;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

public sealed class DecisionTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task A_use_within_the_terms_is_permitted_with_its_duty()
    {
        var decision = await host.AskAsync(await host.AgreedAsync());

        Assert.True(decision.Permitted);
        var duty = Assert.Single(decision.Duties);
        Assert.Equal(("http://www.w3.org/ns/odrl/2/anonymize", "Anonymisieren.", "Anonymise."), (duty.Action, duty.Sentence.Values["de"], duty.Sentence.Values["en"]));
    }

    [Fact]
    public async Task A_narrower_purpose_than_the_agreed_one_is_permitted() =>
        Assert.True((await host.AskAsync(await host.AgreedAsync(), purpose: Story.TrainAlgorithms)).Permitted);

    [Theory]
    [InlineData("use", Story.Advertising, "PURPOSE_NOT_ALLOWED")]
    [InlineData("use", "urn:example:unheard-of", "PURPOSE_NOT_ALLOWED")]
    [InlineData("sell", Story.HealthResearch, "ACTION_NOT_ALLOWED")]
    [InlineData("distribute", Story.HealthResearch, "POLICY_CONFLICT")]
    [InlineData("http://example.org/teleport", Story.HealthResearch, "ACTION_NOT_ALLOWED")]
    public async Task A_use_outside_the_terms_is_refused_with_its_reason(string action, string purpose, string reason)
    {
        var decision = await host.AskAsync(await host.AgreedAsync(), action, purpose);

        Assert.False(decision.Permitted);
        Assert.Empty(decision.Duties);
        Assert.Contains(reason, decision.Reasons.Select(found => found.Code));
        Assert.All(decision.Reasons, found => Assert.All(new[] { "de", "en" }, language => Assert.NotEmpty(found.Sentence.Values[language])));
    }

    [Fact]
    public async Task Only_the_organisation_of_the_agreement_may_use_the_data()
    {
        var agreed = await host.AgreedAsync();

        var foreign = await host.AskAsync(agreed, person: Person.Developer);
        var unknown = await host.AskAsync(new Agreement { Id = "unheard-of", DataAssetId = agreed.DataAssetId }, person: Person.Developer);

        Assert.Equal("NOT_THE_ASSIGNEE", foreign.Reasons.Single().Code);
        Assert.Equal(
            foreign.Reasons.Single().Sentence.Values["en"].Replace(agreed.Id, "", StringComparison.Ordinal),
            unknown.Reasons.Single().Sentence.Values["en"].Replace("unheard-of", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agreement_that_is_not_concluded_permits_nothing()
    {
        Assert.Equal("AGREEMENT_NOT_IN_FORCE", (await host.AskAsync(await host.RequestedAsync())).Reasons.Single().Code);
        Assert.Equal("AGREEMENT_NOT_IN_FORCE", (await host.AskAsync(await host.ReviewedAsync())).Reasons.Single().Code);
    }

    [Fact]
    public async Task An_agreement_is_about_one_data_asset()
    {
        var agreed = await host.AgreedAsync();
        agreed.DataAssetId = (await host.AgreedAsync()).DataAssetId;

        Assert.Equal("ASSET_NOT_COVERED", (await host.AskAsync(agreed)).Reasons.Single().Code);
    }

    [Fact]
    public async Task Terms_may_name_the_asset_as_its_holder_does()
    {
        var named = Story.ResearchOnly.Replace("\"permission\"", "\"target\": \"urn:example:own-name\", \"permission\"", StringComparison.Ordinal);
        var foreign = Story.ResearchOnly.Replace("\"permission\"", "\"target\": \"urn:example:other\", \"permission\"", StringComparison.Ordinal);

        Assert.True((await host.AskAsync(await host.AgreedAsync(named))).Permitted);
        Assert.Contains("ASSET_NOT_COVERED", (await host.AskAsync(await host.AgreedAsync(foreign))).Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Fifty_uses_at_once_of_at_most_ten_are_exactly_ten()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.AskAsync(agreed))));

        Assert.Equal(10, decisions.Count(decision => decision.Permitted));
        Assert.All(decisions.Where(decision => !decision.Permitted), decision => Assert.Contains("COUNT_EXHAUSTED", decision.Reasons.Select(reason => reason.Code)));
        Assert.Equal(50, decisions.Select(decision => decision.LedgerIndex).Distinct().Count());
    }

    [Fact]
    public async Task Every_decision_is_announced_and_in_the_ledger_as_it_was_answered()
    {
        var agreed = await host.AgreedAsync();

        var permitted = await host.AskAsync(agreed);
        var refused = await host.AskAsync(agreed, purpose: Story.Advertising);

        var heard = await host.Sidecar.HeardAsync("ecosystem.policy.events.v1.UseDecided", agreed.Id, 2);
        Assert.Equal([permitted.Id, refused.Id], heard.Select(data => data.GetProperty("decisionId").GetString()));
        var entries = (await host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new() { PageSize = 1000 })).Entries;
        foreach (var decision in new[] { permitted, refused })
        {
            var record = LedgerRecord.Parser.ParseJson(Encoding.UTF8.GetString(entries[(int)decision.LedgerIndex].Leaf.Span));
            Assert.Equal(
                (decision.Id, decision.Permitted ? "USE_PERMITTED" : "USE_REFUSED", Person.Holder.Organisation, Person.Analyst.Organisation, Person.Analyst.Subject),
                (record.DecisionId, record.Kind, record.HolderId, record.UserId, record.Subject));
            Assert.Equal(decision.Reasons.Select(reason => reason.Code), record.Reasons);
        }
    }

    [Fact]
    public async Task A_question_without_its_parts_is_an_error_and_leaves_no_trace()
    {
        var before = await host.Ledger().GetCheckpointAsync(new());

        await host.Decisions(Person.Analyst).DecideAsync(new() { Action = "use" }).RefusedAsync(StatusCode.InvalidArgument, "");
        await host.Decisions(Person.Holder).DecideAsync(new()).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");

        Assert.Equal(before.Root, (await host.Ledger().GetCheckpointAsync(new())).Root);
    }
}
