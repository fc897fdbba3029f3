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
    [InlineData(""" "permission": [{ "action": "use", "constraint": [{ "or": [{ "leftOperand": "spatial", "operator": "eq", "rightOperand": "urn:de" }, { "leftOperand": "count", "operator": "lt", "rightOperand": 3 }] }] }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "print" }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "use", "assignee": "urn:somebody" }] """)]
    [InlineData(""" "permission": [{ "action": "use" }], "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "count", "operator": "gt", "rightOperand": 5 }] }] """)]
    [InlineData(""" "conflict": "perm", "permission": [{ "action": "read" }], "prohibition": [{ "action": "use" }] """)]
    public void A_permission_somebody_can_use_is_left_alone(string rules) => Assert.Empty(PolicyCheck.Of(Offers.Parse(rules), Decidable));
}
