using Ecosystem.Testing;

namespace Ecosystem.Odrl.Tests;

public sealed class ReaderTests
{
    // Not JSON as they were published: commas and braces are missing.
    private static readonly string[] Broken =
    [
        "pc14-odrl-modify-in-rest-example.json", "pc17-odrl-distribute-next-policy-example.json", "pc18-odrl-restrict-artifact-state-example.json",
        "pc22-odrl-restrict-location-of-participant-example.json", "pc23-odrl-obtain-consent-example.json",
        "pc24-odrl-restrict-data-classification-example.json", "pc25-odrl-anonymize-with-mpc.json", "pc4-odrl-restrict-user-role-example.json",
        "pc9-ids-restrict-time-interval-example.json",
    ];

    private const string Plain = """
        { "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Offer", "uid": "urn:o",
          "permission": [{ "action": "read", "target": "urn:x", "constraint": [
            { "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv#ScientificResearch" } }] }] }
        """;

    public static TheoryData<string, string> Forms() => new()
    {
        {
            "prefixed", """
            { "@context": { "o": "http://www.w3.org/ns/odrl/2/", "p": "https://w3id.org/dpv#" }, "@type": "o:Offer", "@id": "urn:o",
              "o:permission": { "o:action": { "@id": "o:read" }, "o:target": { "@id": "urn:x" }, "o:constraint": {
                "o:leftOperand": { "@id": "o:purpose" }, "o:operator": { "@id": "o:isA" }, "o:rightOperand": { "@id": "p:ScientificResearch" } } } }
            """
        },
        {
            "prefixed without a context", """
            { "@type": "odrl:Offer", "odrl:uid": "urn:o",
              "odrl:permission": [{ "odrl:action": "odrl:read", "odrl:target": "urn:x", "odrl:constraint": [
                { "odrl:leftOperand": "odrl:purpose", "odrl:operator": "odrl:isA", "odrl:rightOperand": { "@id": "dpv:ScientificResearch" } }] }] }
            """
        },
        {
            "expanded", """
            [{ "@type": ["http://www.w3.org/ns/odrl/2/Offer"], "@id": "urn:o",
              "http://www.w3.org/ns/odrl/2/permission": [{ "http://www.w3.org/ns/odrl/2/action": [{ "@id": "http://www.w3.org/ns/odrl/2/read" }],
                "http://www.w3.org/ns/odrl/2/target": [{ "@id": "urn:x" }], "http://www.w3.org/ns/odrl/2/constraint": [{
                  "http://www.w3.org/ns/odrl/2/leftOperand": [{ "@id": "http://www.w3.org/ns/odrl/2/purpose" }],
                  "http://www.w3.org/ns/odrl/2/operator": [{ "@id": "http://www.w3.org/ns/odrl/2/isA" }],
                  "http://www.w3.org/ns/odrl/2/rightOperand": [{ "@id": "https://w3id.org/dpv#ScientificResearch" }] }] }] }]
            """
        },
        {
            "compact policy", """
            { "@context": "http://www.w3.org/ns/odrl.jsonld", "type": "Offer", "uid": "urn:o", "target": "urn:x", "action": "read", "dct:title": "with metadata",
              "permission": [{ "constraint": [{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv#ScientificResearch" } }] }] }
            """
        },
        {
            "Dataspace Protocol", """
            { "@context": ["https://w3id.org/dspace/2025/1/context.jsonld"], "@type": "ContractRequestMessage", "consumerPid": "urn:c", "callbackAddress": "https://c.example/",
              "offer": { "@type": "Offer", "@id": "urn:o", "target": "urn:x", "permission": [{ "action": "read", "constraint": [
                { "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv#ScientificResearch" } }] }] } }
            """
        },
        {
            "graph", """
            { "@context": "http://www.w3.org/ns/odrl.jsonld", "@graph": [{ "@id": "urn:x", "@type": "Asset" },
              { "@type": "Offer", "uid": "urn:o", "permission": { "target": "urn:x", "action": [{ "rdf:value": { "@id": "odrl:read" } }], "constraint": { "@list": [
                { "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "https://w3id.org/dpv#ScientificResearch" } }] } } }] }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_same_policy_is_read_from_every_form(string form, string json) =>
        Assert.True(OdrlReader.Parse(Plain) == OdrlReader.Parse(json), form);

    [Fact]
    public void Actions_of_the_main_open_connector_are_understood() =>
        Assert.Equal(OdrlTerms.Use, OdrlReader.Parse("""{ "@id": "urn:o", "@type": "odrl:Set", "odrl:permission": { "odrl:action": { "odrl:type": "USE" } } }""").Permissions[0].Actions[0].Iri);

    [Theory]
    [InlineData("$", "\"permission\": [}")]
    [InlineData("$.permission[0].constraint[0]", """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "count", "rightOperand": 3 }] }] """)]
    [InlineData("$.permission[0].constraint[0].operator", """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "atMost", "rightOperand": 3 }] }] """)]
    [InlineData("$.permission[0].constraint[0].rightOperand['@value']", """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2026-02-30T00:00:00Z", "@type": "xsd:dateTime" } }] }] """)]
    [InlineData("$.permission[0].constraint[0]", """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "lt", "rightOperand": [3, 4] }] }] """)]
    [InlineData("$.permission[0].constraint[0]", """ "permission": [{ "action": "use", "constraint": [{ "and": [{ "leftOperand": "count", "operator": "lt", "rightOperand": 3 }], "or": [] }] }] """)]
    [InlineData("$.permission[0].constraint[0]", """ "permission": [{ "action": "use", "constraint": [{ "and": [] }] }] """)]
    [InlineData("$.permission[0].constraints", """ "permission": [{ "action": "use", "constraints": [] }] """)]
    [InlineData("$.permision", """ "permision": [{ "action": "use" }] """)]
    [InlineData("$.constraint", """ "constraint": [], "permission": [{ "action": "use" }] """)]
    [InlineData("$.permission[0].remedy", """ "permission": [{ "action": "use", "remedy": [] }] """)]
    [InlineData("$.conflict", """ "conflict": "maybe", "permission": [{ "action": "use" }] """)]
    [InlineData("$.permission[0].action", """ "permission": [{ "action": 5 }] """)]
    [InlineData("$", """ "profile": "urn:p" """)]
    public void A_wrong_policy_is_refused_at_the_place_that_is_wrong(string path, string rules)
    {
        var problem = Assert.Throws<OdrlFormatException>(() => Offers.Parse(rules));

        Assert.Equal(path, problem.Path);
        Assert.NotEmpty(problem.Problem.German);
        Assert.NotEmpty(problem.Problem.English);
    }

    [Fact]
    public void A_misspelt_property_is_answered_with_the_right_one() =>
        Assert.Contains("'constraint'", Assert.Throws<OdrlFormatException>(() => Offers.Parse(""" "permission": [{ "action": "use", "constraints": [] }] """)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_term_that_looks_like_a_prefix_is_written_in_full()
    {
        var policy = OdrlReader.Parse("""{ "@type": "Set", "uid": "urn:o", "permission": { "action": { "@id": "odrl:pr:int" } } }""");

        Assert.Equal(policy, OdrlReader.Parse(OdrlWriter.Write(policy)));
    }

    [Fact]
    public void A_property_stated_twice_is_refused() =>
        Assert.Throws<OdrlFormatException>(() => Offers.Parse(""" "permission": [{ "action": "use", "odrl:action": "read" }] """));

    [Fact]
    public void Five_hundred_nested_constraints_are_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("""{ "and": [""", 500)) + """{ "leftOperand": "count", "operator": "lt", "rightOperand": 3 }""" + string.Concat(Enumerable.Repeat("] }", 500));

        Assert.Contains("32", Assert.Throws<OdrlFormatException>(() => Offers.UseIf(nested)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_nested_consequences_are_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("""{ "action": "inform", "consequence": [""", 500)) + """{ "action": "inform" }""" + string.Concat(Enumerable.Repeat("] }", 500));

        Assert.Throws<OdrlFormatException>(() => Offers.Parse($"\"obligation\": [{nested}]"));
    }

    [Fact]
    public void A_policy_with_too_many_rules_is_refused() =>
        Assert.Throws<OdrlFormatException>(() => Offers.Parse($"\"permission\": [{string.Join(',', Enumerable.Repeat("""{ "action": "use" }""", 2001))}]"));

    [Fact]
    public void A_huge_text_is_refused_before_it_is_read() =>
        Assert.Contains("262144", Assert.Throws<OdrlFormatException>(() => OdrlReader.Parse(new string(' ', 300_000))).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void Every_readable_example_of_the_usage_classes_loads_and_the_broken_ones_name_the_line()
    {
        var folder = SharedFolder.Path("standards/ids-policy-classes/UsageControl/Contract/Policies");
        List<string> broken = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                var policy = OdrlReader.Parse(File.ReadAllText(file));
                Assert.Equal(policy, OdrlReader.Parse(OdrlWriter.Write(policy)));
            }
            catch (OdrlFormatException problem)
            {
                Assert.True(problem.Line is > 1 && problem.Problem.German.Contains("Zeile", StringComparison.Ordinal), $"{Path.GetFileName(file)}: {problem.Message}");
                broken.Add(Path.GetFileName(file));
            }
        }

        Assert.Equal(Broken, broken);
    }

    [SkippableFact]
    public void The_contract_language_of_ids_means_what_its_odrl_form_means()
    {
        var folder = SharedFolder.Path("standards/ids-policy-classes/UsageControl/Contract/Policies");
        var counted = OdrlReader.Parse(File.ReadAllText(Path.Combine(folder, "pc11-ids-restrict-number-of-usage-example.json")));

        var constraint = Assert.IsType<Constraint>(Assert.Single(Assert.Single(counted.Permissions).Constraints));
        Assert.Equal((PolicyKind.Offer, OdrlTerms.Count, ComparisonOperator.Lteq, "30"), (counted.Kind, constraint.LeftOperand, constraint.Operator, constraint.RightOperands[0].Lexical));
        Assert.Equal([OdrlTerms.Use], counted.Permissions[0].Actions.Select(action => action.Iri));
        Assert.Equal(["http://example.com/party/my-party"], counted.Permissions[0].Assigners.Select(party => party.Iri));
        var request = Offers.Use with { Target = "http://example.com/ids/data/d1234" };
        Assert.True(counted.Decide(request.Stating(OdrlTerms.Count, OdrlValue.Number(30))).IsPermitted);
        Assert.False(counted.Decide(request.Stating(OdrlTerms.Count, OdrlValue.Number(31))).IsPermitted);
    }

    [SkippableFact]
    public void Every_policy_in_the_examples_of_the_dataspace_protocol_loads()
    {
        var folder = SharedFolder.Path("standards/dsp-2025-1/schemas/negotiation/example");
        foreach (var name in new[] { "contract-agreement-message.json", "contract-agreement-message-full.json", "contract-offer-message.json", "contract-request-message.json" })
        {
            var policy = OdrlReader.Parse(File.ReadAllText(Path.Combine(folder, name)));
            Assert.Equal(policy, OdrlReader.Parse(OdrlWriter.Write(policy)));
        }
    }
}
