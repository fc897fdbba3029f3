namespace Ecosystem.Odrl.Tests;

public sealed class PolicyCheckTests
{
    private static readonly HashSet<string> Decidable = [OdrlTerms.Purpose, OdrlTerms.Count, OdrlTerms.DateTime];

    [Theory]
    [InlineData(FindingKind.Contradictory, """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "lt", "rightOperand": 3 }, { "leftOperand": "count", "operator": "gt", "rightOperand": 5 }] }] """)]
    [InlineData(FindingKind.Overruled, """ "permission": [{ "action": "read" }], "prohibition": [{ "action": "use" }] """)]
    [InlineData(FindingKind.Overruled, """ "permission": [{ "action": "read", "constraint": [{ "leftOperand": "count", "operator": "lt", "rightOperand": 3 }] }], "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "lt", "rightOperand": 5 }] }] """)]
    [InlineData(FindingKind.Undecidable, """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "spatial", "operator": "eq", "rightOperand": "urn:de" }] }] """)]
    [InlineData(FindingKind.Undecidable, """ "permission": [{ "action": "use", "constraint": [{ "leftOperand": "purpose", "operator": "eq", "rightOperandReference": "urn:list" }] }] """)]
    [InlineData(FindingKind.UnknownAction, """ "permission": [{ "action": "urn:teleport" }] """)]
    public void A_permission_nobody_can_ever_use_is_named(FindingKind kind, string rules)
    {
        var finding = Assert.Single(PolicyCheck.Of(Offers.Parse(rules), Decidable));

        Assert.Equal(kind, finding.Kind);
        Assert.NotEmpty(finding.Sentence.German);
    }

    [Theory]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "print", "constraint": [WHEN] }] """)]
    [InlineData(""" "permission": [{ "action": "use", "duty": [{ "action": "delete", "constraint": [WHEN] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use", "duty": [{ "action": [{ "rdf:value": { "@id": "odrl:delete" }, "refinement": [WHEN] }] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "obligation": [{ "action": "delete", "constraint": [{ "or": [WHEN] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use", "duty": [{ "action": "inform", "consequence": [{ "action": "delete", "constraint": [WHEN] }] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use" }, { "action": "read", "constraint": [WHEN] }] """)]
    public void A_time_without_zone_makes_the_whole_policy_unclear_wherever_it_stands(string rules)
    {
        string Written(string moment) => rules.Replace(
            "WHEN", $$"""{ "leftOperand": "dateTime", "operator": "lteq", "rightOperand": { "@value": "{{moment}}", "@type": "xsd:dateTime" } }""", StringComparison.Ordinal);

        var (kind, sentence) = PolicyCheck.OfTheWhole(Offers.Parse(Written("2027-01-01T00:00:00")))!.Value;
        Assert.Equal(FindingKind.DateWithoutZone, kind);
        Assert.Contains("schreiben Sie zum Beispiel „2027-01-01T00:00:00Z“", sentence.German, StringComparison.Ordinal);
        Assert.Null(PolicyCheck.OfTheWhole(Offers.Parse(Written("2027-01-01T00:00:00+01:00"))));
        Assert.Null(PolicyCheck.OfTheWhole(Offers.Parse(Written("2027-01-01T00:00:00Z"))));
    }

    [Theory]
    [InlineData(""" "permission": [{ "action": "use", "constraint": [{ "or": [{ "leftOperand": "spatial", "operator": "eq", "rightOperand": "urn:de" }, { "leftOperand": "count", "operator": "lt", "rightOperand": 3 }] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "print" }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "use", "assignee": "urn:somebody" }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "gt", "rightOperand": 5 }] }] """)]
    [InlineData(""" "conflict": "perm", "permission": [{ "action": "read" }], "prohibition": [{ "action": "use" }] """)]
    public void A_permission_somebody_can_use_is_left_alone(string rules) => Assert.Empty(PolicyCheck.Of(Offers.Parse(rules), Decidable));
}
