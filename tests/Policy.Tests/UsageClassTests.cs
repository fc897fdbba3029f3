using Ecosystem.Policy.V1;
using Grpc.Core;
using Subject = Ecosystem.Policy.V1.Statement.Types.Subject;

namespace Ecosystem.Policy.Tests;

/// <summary>The 25 usage classes of International Data Spaces, each from its template to the use: the rows of docs/usage-classes.md.</summary>
public sealed class UsageClassTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private const string Ids = "https://w3id.org/idsa/code/";

    [Theory]
    [InlineData(1, "restrict-consumer", "value=urn:ecosystem:organisation:institut-beispiel", "value=urn:ecosystem:organisation:ki-team-beispiel", "PARTY_NOT_ALLOWED")]
    [InlineData(6, "restrict-purpose", "purpose=" + Story.HealthResearch, "purpose=https://w3id.org/dpv#ProvideOfficialStatistics", "POLICY_CONFLICT")]
    [InlineData(9, "restrict-interval", "from=2025-01-01T00:00:00Z;until=2030-01-01T00:00:00Z", "from=2029-01-01T00:00:00Z;until=2030-01-01T00:00:00Z", "TIME_NOT_ALLOWED")]
    public async Task What_is_decided_here_permits_what_fits_and_nothing_else(int number, string template, string fitting, string other, string reason)
    {
        Assert.True((await host.AskAsync(await AgreedAsync(number, template, fitting))).Permitted);
        try
        {
            var refused = await host.AskAsync(await AgreedAsync(number, template, other));
            Assert.False(refused.Permitted);
            Assert.Contains(reason, refused.Reasons.Select(found => found.Code));
        }
        catch (RpcException impossible)
        {
            // What can never be permitted is refused before anybody negotiates.
            Assert.Equal(reason, Ecosystem.Grpc.RichStatus.ReasonOf(impossible)?.Reason);
        }
    }

    [Fact]
    public async Task A_number_of_uses_is_permitted_and_no_more()
    {
        var agreed = await AgreedAsync(11, "restrict-count", "value=2");

        Assert.True((await host.AskAsync(agreed)).Permitted);
        Assert.True((await host.AskAsync(agreed)).Permitted);
        Assert.Contains("COUNT_EXHAUSTED", (await host.AskAsync(agreed)).Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData(2, "restrict-connector", "urn:example:one", "systemDevice", "urn:example:other", Subject.Use)]
    [InlineData(3, "restrict-application", "urn:example:one", Ids + "APPLICATION", "urn:example:other", Subject.Use)]
    [InlineData(4, "restrict-user-role", "urn:example:one", Ids + "ROLE", "urn:example:other", Subject.Use)]
    [InlineData(5, "restrict-location", "https://sws.geonames.org/6255148/", "spatial", "https://sws.geonames.org/6252001/", Subject.Use)]
    [InlineData(7, "restrict-event", "urn:example:one", "event", "urn:example:other", Subject.Use)]
    [InlineData(8, "restrict-security-level", "urn:example:one", Ids + "SECURITY_LEVEL", "urn:example:other", Subject.Use)]
    [InlineData(10, "restrict-duration", "P3M", "elapsedTime", "P4M", Subject.Use)]
    [InlineData(18, "restrict-artifact-state", "pseudonymised", Ids + "ARTIFACT_STATE", "raw", Subject.Use)]
    [InlineData(21, "restrict-environment-state", "approved", Ids + "STATE", "in repair", Subject.Use)]
    [InlineData(22, "restrict-participant-location", "https://sws.geonames.org/6255148/", "spatial", "https://sws.geonames.org/6252001/", Subject.User)]
    [InlineData(24, "restrict-data-classification", "public", Ids + "DATA_CLASSIFICATION", "secret", Subject.Use)]
    public async Task What_only_a_connector_knows_it_states_and_is_bound_by_its_word(int number, string template, string wanted, string leftOperand, string other, Subject about)
    {
        var agreed = await AgreedAsync(number, template, $"value={wanted}");
        var stated = new Statement { LeftOperand = leftOperand, Values = { wanted }, About = about };

        var silent = await StateAsync(agreed);
        var wrong = await StateAsync(agreed, new Statement(stated).With(other));
        var right = await StateAsync(agreed, stated);

        Assert.Equal((false, false, true), (silent.Permitted, wrong.Permitted, right.Permitted));
        Assert.Contains("STATEMENT_MISSING", silent.Reasons.Select(reason => reason.Code));
        var duty = Assert.Single(right.Duties);
        var condition = Assert.Single(duty.Conditions);
        Assert.Equal("urn:ecosystem:enforce", duty.Action);
        Assert.Equal(wanted, condition.RightOperands.Single());
        Assert.StartsWith("Die Nutzung beenden, sobald nicht mehr gilt: ", duty.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.Equal(condition.LeftOperand, (await RecordAsync(right.LedgerIndex)).Statements.Single().LeftOperand);
        await FulfilAsync(right, duty);
    }

    [Theory]
    [InlineData(12, "delete-after", "until=2030-12-31T00:00:00Z", "delete", "dateTime lteq")]
    [InlineData(13, "modify-in-transit", "value=$.name", "transform", "JSON_PATH eq")]
    [InlineData(14, "modify-at-rest", "value=$.birthDate", "modify", "JSON_PATH eq")]
    [InlineData(15, "log-use", "value=urn:example:log", "acceptTracking", "systemDevice eq")]
    [InlineData(16, "notify", "value=urn:example:holder", "inform", "recipient eq")]
    [InlineData(17, "next-policy", "value=urn:example:next", "nextPolicy", "TARGET_POLICY eq")]
    [InlineData(19, "sale", "amount=250", "compensate", "payAmount eq")]
    [InlineData(20, "rental", "amount=250;every=P1M", "compensate", "payAmount eq,timeInterval eq")]
    [InlineData(23, "obtain-consent", "value=urn:example:patients", "obtainConsent", "recipient eq")]
    [InlineData(25, "anonymise", "value=k-anonymity", "anonymize", "METHOD eq")]
    public async Task What_only_a_data_plane_can_do_comes_out_as_a_typed_duty_whose_fulfilment_is_reported(int number, string template, string answers, string action, string conditions)
    {
        var decision = await host.AskAsync(await AgreedAsync(number, template, answers));

        Assert.True(decision.Permitted);
        var duty = Assert.Single(decision.Duties);
        Assert.Equal("http://www.w3.org/ns/odrl/2/" + action, duty.Action);
        Assert.Equal(conditions, string.Join(',', duty.Conditions.Select(condition => $"{condition.LeftOperand.Split('/', '#')[^1]} {condition.Operator}")));
        Assert.All(duty.Conditions, condition => Assert.NotEmpty(condition.RightOperands));
        await FulfilAsync(decision, duty);
    }

    [Theory]
    [InlineData("count", "1", "statements[0].left_operand")]
    [InlineData("purpose", Story.HealthResearch, "statements[0].left_operand")]
    [InlineData("", "1", "statements[0].left_operand")]
    [InlineData("spatial", "", "statements[0].values")]
    public async Task What_the_service_knows_itself_cannot_be_stated(string leftOperand, string value, string field)
    {
        var agreed = await host.AgreedAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => StateAsync(agreed, new Statement { LeftOperand = leftOperand, Values = { value } }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains(field, System.Text.Encoding.UTF8.GetString(refusal.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
    }

    private async Task<Agreement> AgreedAsync(int number, string templateId, string answers)
    {
        var template = (await host.Terms().ListTermsTemplatesAsync(new())).Templates.Single(template => template.Id == templateId);
        Assert.Equal(number, template.UsageClass);
        var request = new FillTermsTemplateRequest { TemplateId = templateId };
        foreach (var answer in answers.Split(';'))
            request.Answers.Add(answer[..answer.IndexOf('=', StringComparison.Ordinal)], answer[(answer.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return await host.AgreedAsync((await host.Terms().FillTermsTemplateAsync(request)).PolicyJson);
    }

    private async Task<Decision> StateAsync(Agreement agreement, params Statement[] statements) => await host.Decisions(Person.Analyst).DecideAsync(new()
    {
        AgreementId = agreement.Id, DataAssetId = agreement.DataAssetId, Action = "use", Purpose = Story.HealthResearch, Statements = { statements },
    });

    private async Task FulfilAsync(Decision decision, Duty duty)
    {
        var fulfilled = await host.Decisions(Person.Analyst).FulfilDutyAsync(new() { DecisionId = decision.Id, Action = duty.Action, Evidence = "Protokoll 4711" });

        var record = await RecordAsync(fulfilled.LedgerIndex);
        Assert.Equal(("DUTY_FULFILLED", decision.Id, duty.Action), (record.Kind, record.DecisionId, record.Action));
    }

    private async Task<LedgerRecord> RecordAsync(long index)
    {
        var entry = (await host.Service<Policy.Ledger.LedgerReader>().FindAsync(index, CancellationToken.None))!;
        return entry.Record;
    }
}

internal static class StatementChanges
{
    public static Statement With(this Statement statement, string value)
    {
        statement.Values.Clear();
        statement.Values.Add(value);
        return statement;
    }
}
