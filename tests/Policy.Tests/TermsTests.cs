using Ecosystem.Odrl;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Enforcement = Ecosystem.Policy.V1.TermsTemplate.Types.Enforcement;

namespace Ecosystem.Policy.Tests;

/// <summary>Terms made by answering, read as text, tried before they are published.</summary>
public sealed class TermsTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task There_is_a_template_for_each_of_the_25_usage_classes_and_for_health_data()
    {
        var templates = (await host.Terms().ListTermsTemplatesAsync(new())).Templates;

        Assert.Equal(Enumerable.Range(1, 25), templates.Select(template => template.UsageClass).Where(number => number > 0));
        Assert.Equal(5, templates.Count(template => template.UsageClass == 0));
        Assert.All(templates, template => Assert.All(template.Questions, question => Assert.NotEmpty(question.Text.Values["de"])));
    }

    [Fact]
    public async Task Every_template_filled_with_its_examples_is_a_policy_that_is_enforced_as_it_says()
    {
        foreach (var template in (await host.Terms().ListTermsTemplatesAsync(new())).Templates)
        {
            var terms = await host.Terms().FillTermsTemplateAsync(Example(template));

            Assert.Equal(OdrlReader.Parse(terms.PolicyJson), OdrlReader.Parse(OdrlWriter.Write(OdrlReader.Parse(terms.PolicyJson))));
            Assert.All(terms.Text, sentence => Assert.True(sentence.Values["de"].Length > 0 && sentence.Values["en"].Length > 0));
            Assert.True(terms.Usable);
            Assert.Empty(terms.Problems);
            Assert.Equal(template.Enforcement is Enforcement.Connector ? 1 : 0, terms.Stated.Count);
            if (template.Enforcement is Enforcement.Duty)
                Assert.Single((await host.Terms().TryTermsAsync(new() { PolicyJson = terms.PolicyJson, Action = "use" })).Duties);
        }
    }

    [Fact]
    public async Task What_a_connector_would_state_decides_the_classes_that_it_enforces()
    {
        var template = (await host.Terms().ListTermsTemplatesAsync(new())).Templates.Single(template => template.UsageClass == 3);
        var terms = await host.Terms().FillTermsTemplateAsync(Example(template));
        async Task<bool> Permitted(string application) => (await host.Terms().TryTermsAsync(
            new() { PolicyJson = terms.PolicyJson, Action = "use", Stated = { ["https://w3id.org/idsa/code/APPLICATION"] = application } })).Permitted;

        Assert.True(await Permitted("urn:example:one"));
        Assert.False(await Permitted("urn:example:other"));
    }

    [Fact]
    public async Task Terms_are_told_in_german_and_english()
    {
        var terms = await host.Terms().ExplainTermsAsync(new() { PolicyJson = Story.ResearchOnly });

        Assert.Equal(
            [
                "Erlaubt ist: nutzen, wenn gilt: der Zweck ist eine Art von „wissenschaftliche Forschung im Gesundheitswesen (EHDS Art. 53 e)“. Dabei ist Pflicht: Anonymisieren.",
                "Verboten ist: weitergeben.",
                "Wo Erlaubnis und Verbot zusammentreffen, ist nichts erlaubt.",
            ],
            terms.Text.Select(sentence => sentence.Values["de"]));
        Assert.Equal("Prohibited is: distribute.", terms.Text[1].Values["en"]);
        Assert.True(terms.Usable);
    }

    [Fact]
    public async Task An_example_is_decided_without_a_trace()
    {
        var before = await host.Ledger().GetCheckpointAsync(new());
        var example = new TryTermsRequest { PolicyJson = Story.AtMostTenTimes, Action = "use", UsesBefore = 9, Time = host.Time.GetUtcNow().ToTimestamp() };
        Assert.True((await host.Terms().TryTermsAsync(example)).Permitted);

        example.UsesBefore = 10;
        Assert.Contains("COUNT_EXHAUSTED", (await host.Terms().TryTermsAsync(example)).Reasons.Select(reason => reason.Code));
        Assert.Equal(before.Root, (await host.Ledger().GetCheckpointAsync(new())).Root);
    }

    [Fact]
    public async Task Wrong_or_missing_answers_are_named_each()
    {
        async Task Refused(string template, string question, string answer) => await host.Terms().FillTermsTemplateAsync(
            new() { TemplateId = template, Answers = { [question] = answer } }).RefusedAsync(StatusCode.InvalidArgument, "");

        await Refused("restrict-count", "value", "often");
        await Refused("restrict-purpose", "purpose", "research");
        await Refused("restrict-duration", "value", "Pfui");
        await Refused("delete-after", "until", "2027-12-31");
        await Refused("restrict-count", "unasked", "1");
        await host.Terms().FillTermsTemplateAsync(new() { TemplateId = "unheard-of" }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("{ \"uid\": ", "line 1")]
    [InlineData("{ \"uid\": \"urn:x\", \"permission\": [{ \"action\": \"use\", \"constraint\": [{ \"leftOperand\": \"count\", \"operator\": \"around\", \"rightOperand\": 1 }] }] }", "$.permission[0].constraint[0].operator")]
    public async Task Unreadable_terms_are_refused_with_their_place(string policy, string place)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await host.Terms().ExplainTermsAsync(new() { PolicyJson = policy }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains(place, System.Text.Encoding.UTF8.GetString(refusal.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contradictory_terms_say_so()
    {
        var terms = await host.Terms().ExplainTermsAsync(new() { PolicyJson = Story.AtMostTenTimes.Replace("\"lteq\", \"rightOperand\": 10", "\"lt\", \"rightOperand\": 0", StringComparison.Ordinal) });

        Assert.Equal((false, "CONTRADICTORY"), (terms.Usable, terms.Problems.Single().Code));
    }

    private static FillTermsTemplateRequest Example(TermsTemplate template) => new()
    {
        TemplateId = template.Id,
        Answers = { template.Questions.ToDictionary(question => question.Id, question => question.Example, StringComparer.Ordinal) },
    };
}
