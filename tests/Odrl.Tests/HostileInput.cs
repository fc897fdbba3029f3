using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Odrl.Tests;

/// <summary>Whatever a reader is given, it answers with a policy or with the place of the problem.</summary>
public sealed class HostileInput
{
    private const string Everything = """
        { "@context": ["http://www.w3.org/ns/odrl.jsonld", { "ex": "urn:ex:", "name": { "@id": "ex:name" } }], "@type": ["Policy", "Offer"], "uid": "urn:o",
          "profile": ["urn:p"], "conflict": "prohibit", "inheritFrom": "urn:parent", "name": "n", "target": { "@id": "urn:x" }, "assigner": "urn:a",
          "permission": [{ "action": [{ "rdf:value": { "@id": "odrl:print" }, "refinement": { "leftOperand": "resolution", "operator": "lteq", "rightOperand": 600, "unit": "urn:dpi" } }],
            "assignee": { "@type": "PartyCollection", "source": "urn:m", "refinement": [{ "leftOperand": "ex:age", "operator": "gt", "rightOperand": { "@value": "17", "@type": "xsd:integer" } }] },
            "constraint": [{ "xone": { "@list": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2030-01-01", "@type": "xsd:date" } },
              { "leftOperand": "elapsedTime", "operator": "eq", "rightOperand": "P3M" }] } }, { "leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": ["dpv:Marketing", { "@id": "dpv:Advertising" }] }],
            "duty": [{ "action": "inform", "consequence": [{ "action": "compensate" }] }] }],
          "prohibition": { "action": "sell", "remedy": { "action": "delete" } },
          "obligation": [{ "action": "delete", "constraint": [{ "leftOperand": "event", "operator": "eq", "rightOperandReference": "urn:r" }] }] }
        """;

    private static readonly string[] Shreds = ["null", "[]", "{}", "\"\"", "5", "true", "{ \"@id\": null }", "[[[]]]", "{ \"@list\": [] }", "{ \"@value\": {} }", "\"odrl:\"", "\":\"", "1e999", "{ \"@type\": 5 }"];

    [Fact]
    public void Text_with_random_damage_is_read_or_refused_with_a_place()
    {
        var damage =
            from position in Gen.Choose(0, Everything.Length - 1)
            from length in Gen.Choose(0, 12)
            from shred in Gen.Elements([.. Shreds, "", "\"", "}", "]", ",", ":", "\\", "\u0000", "é"])
            select Everything[..position] + shred + Everything[Math.Min(Everything.Length, position + length)..];
        Prop.ForAll(damage.ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Every_value_replaced_by_every_other_is_read_or_refused_with_a_place()
    {
        var places = Count(JsonNode.Parse(Everything)!);
        for (var place = 0; place < places; place++)
        {
            foreach (var shred in Shreds)
            {
                var root = JsonNode.Parse(Everything)!;
                var left = place;
                Replace(root, shred, ref left);
                Assert.True(IsReadOrRefused(root.ToJsonString()), $"{shred} at place {place}");
            }
        }
    }

    [Fact]
    public void What_was_read_can_be_evaluated_and_compared()
    {
        var policy = OdrlReader.Parse(Everything);

        Assert.NotEmpty(policy.Decide().Reasons);
        Assert.NotEmpty(PolicyComparison.Allows(policy, Offers.Research, OdrlTerms.Namespace + "print").Reasons);
        Assert.NotEmpty(PolicyComparison.CanBothHold(policy, policy).Reasons);
        Assert.NotEmpty(PolicyComparison.IsContainedIn(policy, policy).Reasons);
        Assert.Equal(policy, OdrlReader.Parse(OdrlWriter.Write(policy)));
    }

    [Theory]
    [InlineData("and")]
    [InlineData("or")]
    [InlineData("xone")]
    public void The_largest_policies_are_compared_within_bounds(string combination)
    {
        var conditions = Enumerable.Range(0, 1900).Select(index => $$"""{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "{{Purposes.All[index % Purposes.All.Count].Concept.Iri}}" } }""");
        var policy = Offers.UseIf($$"""{ "{{combination}}": [{{string.Join(',', conditions)}}] }""");

        Assert.NotEmpty(PolicyComparison.CanBothHold(policy, policy).Reasons);
        Assert.NotEmpty(PolicyComparison.IsContainedIn(policy, policy).Reasons);
        Assert.NotNull(PolicyCheck.Of(policy, new HashSet<string> { OdrlTerms.Purpose }));
        Assert.NotEmpty(PolicyComparison.Allows(policy, Offers.Research, OdrlTerms.Use).Reasons);
    }

    private static bool IsReadOrRefused(string json)
    {
        try
        {
            var policy = OdrlReader.Parse(json);
            return policy.Decide().Reasons.Count > 0 && OdrlReader.Parse(OdrlWriter.Write(policy)) == policy;
        }
        catch (OdrlFormatException problem)
        {
            return problem.Path.StartsWith('$') && problem.Problem.German.Length > 0;
        }
    }

    private static int Count(JsonNode? node) => node switch
    {
        JsonObject properties => properties.Sum(property => 1 + Count(property.Value)),
        JsonArray items => items.Sum(item => 1 + Count(item)),
        _ => 0,
    };

    private static void Replace(JsonNode? node, string shred, ref int left)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var name in properties.Select(property => property.Key).ToList())
                {
                    if (left-- == 0)
                        properties[name] = JsonNode.Parse(shred);
                    else
                        Replace(properties[name], shred, ref left);
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    if (left-- == 0)
                        items[index] = JsonNode.Parse(shred);
                    else
                        Replace(items[index], shred, ref left);
                }

                break;
        }
    }
}
