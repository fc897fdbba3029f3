namespace Ecosystem.Odrl.Tests;

public sealed class PolicyWalkTests
{
    private static readonly OdrlPolicy Nested = Offers.Parse($$"""
        "permission": [{ "action": "use", "constraint": [{{On("permission")}}],
          "duty": [{ "action": "inform", "constraint": [{{On("duty")}}], "consequence": [{ "action": "delete", "constraint": [{{On("consequence")}}] }] }] }],
        "prohibition": [{ "action": "print", "constraint": [{{On("prohibition")}}], "remedy": [{ "action": "inform", "constraint": [{{On("remedy")}}] }] }],
        "obligation": [{ "action": "delete", "constraint": [{{On("obligation")}}] }]
        """);

    [Fact]
    public void Every_rule_is_found_each_before_those_nested_in_it() => Assert.Equal(
        ["urn:permission", "urn:duty", "urn:consequence", "urn:prohibition", "urn:remedy", "urn:obligation"],
        PolicyWalk.RulesOf(Nested).Select(rule => Assert.Single(PolicyWalk.ConstraintsOf(rule)).LeftOperand));

    [Fact]
    public void The_constraints_of_a_rule_are_its_own_and_the_refinements_of_what_it_names_with_logical_ones_taken_apart()
    {
        var rule = Offers.Parse($$"""
            "permission": [{
              "assignee": { "@type": "PartyCollection", "source": "urn:all", "refinement": [{{On("assignee")}}] },
              "target": { "@type": "AssetCollection", "source": "urn:data", "refinement": [{{On("target")}}] },
              "action": [{ "rdf:value": { "@id": "odrl:use" }, "refinement": [{{On("action")}}] }],
              "constraint": [{{On("own")}}, { "or": [{{On("either")}}, { "and": [{{On("one")}}, {{On("other")}}] }] }] }]
            """).Permissions[0];

        Assert.Equal(
            ["urn:own", "urn:either", "urn:one", "urn:other", "urn:assignee", "urn:target", "urn:action"],
            PolicyWalk.ConstraintsOf(rule).Select(constraint => constraint.LeftOperand));
    }

    private static string On(string name) => $$"""{ "leftOperand": "urn:{{name}}", "operator": "eq", "rightOperand": 1 }""";
}
