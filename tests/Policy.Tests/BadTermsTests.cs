using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>Terms that are no terms: each is refused with what is wrong, through the public contract, before it costs anything.</summary>
public sealed class BadTermsTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    private const string Rule = """ "permission": [{ "action": "use" }] """;
    private const string Ours = "urn:example:terms";

    public static TheoryData<string, string, string> Unreadable() => new()
    {
        { "text that ends too early", "{ \"uid\": ", "line 1" },
        { "no object", "[1, 2]", "$" },
        { "a value where a rule is expected", Offer(""" "permission": "use everything" """), "$.permission" },
        { "the same property twice", Offer($"{Rule}, {Rule}"), "line 1" },
        { "500 nested constraints", Offer($$""" "permission": [{ "action": "use", "constraint": [{{Nested(500)}}] }] """), "$.permission[0].constraint[0].and" },
        { "5,000 rules", Offer($$""" "permission": [{{string.Join(',', Enumerable.Repeat("""{ "action": "use" }""", 5000))}}] """), "2000" },
        { "half a million characters", Offer($$""" "uid": "urn:{{new string('x', 500_000)}}", {{Rule}} """), "262144" },
        { "two policies that inherit from each other", $$"""{ "@context": "http://www.w3.org/ns/odrl.jsonld", "@graph": [{{Inheriting("urn:a", "urn:b")}}, {{Inheriting("urn:b", "urn:a")}}] }""", "$['@graph']" },
    };

    public static TheoryData<string, string, string> Unusable() => new()
    {
        { Offer($""" "inheritFrom": "{Ours}", {Rule} """), "INHERITED_TERMS_MISSING", "inherits from itself" },
        { Offer($""" "inheritFrom": "urn:example:parent", {Rule} """), "INHERITED_TERMS_MISSING", "'urn:example:parent' that is inherited from is not known" },
        { Offer($""" "profile": "urn:example:profile", {Rule} """), "UNKNOWN_PROFILE", "known are: http://www.w3.org/ns/odrl/2/" },
        { Offer(If("count", "lt", "0")), "CONTRADICTORY", "'0'" },
        { Offer(If("dateTime", "lt", "\"2027-01-01T00:00:00\"")), "DATE_WITHOUT_ZONE", "write '2027-01-01T00:00:00Z'" },
        { Offer(""" "permission": [{ "action": "use", "duty": [{ "action": "delete", "constraint": [{ "leftOperand": "dateTime", "operator": "lteq", "rightOperand": "2027-12-31T23:00:00" }] }] }] """), "DATE_WITHOUT_ZONE", "write '2027-12-31T23:00:00Z'" },
        { Offer($""" {Rule}, "prohibition": [{"{"} "action": "use" {"}"}] """), "OVERRULED", "takes back" },
        { Offer(""" "permission": [{ "action": "urn:example:teleport" }] """), "UNKNOWN_ACTION", "urn:example:teleport" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_terms_are_refused_with_their_place(string what, string policy, string place)
    {
        foreach (var call in new Func<Task>[]
        {
            async () => await host.Terms().ExplainTermsAsync(new() { PolicyJson = policy }),
            async () => await host.Terms().TryTermsAsync(new() { PolicyJson = policy, Action = "use" }),
        })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(call);
            Assert.True(refusal.StatusCode is StatusCode.InvalidArgument, what);
            Assert.Contains(place, Encoding.UTF8.GetString(refusal.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_terms_are_refused_with_their_place_over_rest_too(string what, string policy, string place)
    {
        foreach (var path in (string[])["terms:explain", "terms:try"])
        {
            using var reply = await host.Rest().PostAsJsonAsync($"/policy/v1/{path}", Body(path, policy));

            Assert.True(reply.StatusCode is HttpStatusCode.BadRequest, $"{what}: {reply.StatusCode}");
            var violation = Assert.Single((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").EnumerateArray());
            Assert.Equal("policy_json", violation.GetProperty("field").GetString());
            Assert.Contains(place, violation.GetProperty("problem").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_terms_that_the_catalogue_passed_on_bind_nobody(string what, string policy, string place)
    {
        var offered = await host.OfferedAsync(policy);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(offered)));

        Assert.True(refusal.StatusCode is StatusCode.FailedPrecondition, what);
        Assert.Equal("TERMS_UNREADABLE", Ecosystem.Grpc.RichStatus.ReasonOf(refusal)?.Reason);
        Assert.Contains(place, refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_that_states_a_time_without_zone_is_refused() => await host.Terms().TryTermsAsync(
        new() { PolicyJson = Offer(Rule), Action = "use", Stated = { ["dateTime"] = "2027-01-01T00:00:00" } }).RefusedAsync(StatusCode.InvalidArgument, "");

    [Theory]
    [InlineData("delete-after", "until", "2027-12-31T00:00:00")]
    [InlineData("delete-after", "until", "2027-12-31T00:00")]
    [InlineData("health-research", "until", "2027-12-31T00:00:00")]
    public async Task An_answer_to_a_template_without_zone_is_refused(string template, string question, string answer) =>
        await host.Terms().FillTermsTemplateAsync(new() { TemplateId = template, Answers = { [question] = answer } }).RefusedAsync(StatusCode.InvalidArgument, "");

    [Fact]
    public async Task A_request_whose_period_has_no_zone_is_refused_with_its_field()
    {
        var body = new
        {
            dataAssetId = await host.OfferedAsync(Offer(Rule)), question = "Warum?", purpose = Story.HealthResearch, legalBasis = "GDPR Art. 9(2)(j)",
            period = new { start = "2026-02-01T00:00:00", end = "2027-02-01T00:00:00Z" },
        };

        using var reply = await host.Rest(Person.Analyst).PostAsJsonAsync("/policy/v1/agreements", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var violation = Assert.Single((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").EnumerateArray());
        Assert.Equal("period.start", violation.GetProperty("field").GetString());
        Assert.Contains("such as 2026-01-31T12:00:00Z", violation.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Terms_that_can_be_read_and_not_be_used_say_why_and_are_refused_where_they_would_bind(string policy, string code, string sentence)
    {
        var terms = await host.Terms().ExplainTermsAsync(new() { PolicyJson = policy });
        Assert.False(terms.Usable);
        var problem = Assert.Single(terms.Problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(sentence, problem.Sentence.Values["en"], StringComparison.Ordinal);
        Assert.NotEmpty(problem.Sentence.Values["de"]);

        var offered = await host.OfferedAsync(policy);
        await host.Agreements(Person.Analyst).RequestAgreementAsync(host.RequestFor(offered)).RefusedAsync(StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
        var requested = await host.RequestedAsync();
        await host.Agreements(Person.Holder).CounterAgreementAsync(new() { Id = requested.Id, CounterOffer = new() { PolicyJson = policy, Comment = "Anders." } })
            .RefusedAsync(StatusCode.FailedPrecondition, "TERMS_UNUSABLE");
    }

    [Theory]
    [InlineData("http://www.w3.org/ns/odrl/2/core")]
    [InlineData("https://w3id.org/dspace/2025/1/odrl-profile.jsonld")]
    [InlineData("https://w3id.org/idsa/core/")]
    public async Task Terms_of_a_known_profile_are_taken(string profile) =>
        Assert.True((await host.Terms().ExplainTermsAsync(new() { PolicyJson = Offer($""" "profile": "{profile}", {Rule} """) })).Usable);

    [Theory]
    [InlineData("2027-01-01", "2026-12-31T09:00:00Z", true)]
    [InlineData("2027-01-01", "2026-12-31T11:00:00Z", false)]
    [InlineData("2027-01-01", "2027-01-01T15:00:00Z", false)]
    public async Task A_day_without_zone_ends_before_it_has_begun_anywhere(string day, string now, bool permitted)
    {
        var decision = await host.Terms().TryTermsAsync(new()
        {
            PolicyJson = Offer(If("dateTime", "lt", $$"""{ "@value": "{{day}}", "@type": "xsd:date" }""")), Action = "use",
            Time = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture).ToTimestamp(),
        });

        Assert.Equal(permitted, decision.Permitted);
    }

    private static Dictionary<string, string> Body(string path, string policy) =>
        path.EndsWith(":try", StringComparison.Ordinal) ? new() { ["policyJson"] = policy, ["action"] = "use" } : new() { ["policyJson"] = policy };

    private static string Offer(string members) => members.Contains("\"uid\"", StringComparison.Ordinal)
        ? $$"""{ "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", {{members}} }"""
        : $$"""{ "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "{{Ours}}", {{members}} }""";

    private static string If(string leftOperand, string comparison, string value) =>
        $$""" "permission": [{ "action": "use", "constraint": [{ "leftOperand": "{{leftOperand}}", "operator": "{{comparison}}", "rightOperand": {{value}} }] }] """;

    private static string Inheriting(string uid, string parent) => $$"""{ "@type": "Offer", "uid": "{{uid}}", "inheritFrom": "{{parent}}", {{Rule}} }""";

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{ \"and\": [", depth))
        + """{ "leftOperand": "count", "operator": "lt", "rightOperand": 5 }""" + string.Concat(Enumerable.Repeat("] }", depth));
}
