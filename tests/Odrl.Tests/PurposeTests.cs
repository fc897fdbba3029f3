namespace Ecosystem.Odrl.Tests;

/// <summary>What catalogue and matching ask: does an offer allow a purpose?</summary>
public sealed class PurposeTests
{
    private static readonly OdrlPolicy ResearchOnly = Offers.Parse($$"""
        "permission": [{ "action": "use", "constraint": [
          { "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "{{Offers.Research}}" } },
          { "leftOperand": "count", "operator": "lteq", "rightOperand": 10 }] }]
        """);

    [Theory]
    [InlineData(Purposes.HealthResearch, OdrlTerms.Use, Verdict.Compatible)]
    [InlineData(Purposes.TrainHealthAlgorithms, OdrlTerms.Read, Verdict.Compatible)]
    [InlineData(Purposes.ProhibitedAdvertising, OdrlTerms.Use, Verdict.Conflict)]
    [InlineData(Purposes.Any, OdrlTerms.Use, Verdict.Unknown)]
    [InlineData("urn:example:my-study", OdrlTerms.Use, Verdict.Unknown)]
    [InlineData(Purposes.HealthResearch, OdrlTerms.Transfer, Verdict.Conflict)]
    public void An_offer_for_research_allows_what_is_research(string purpose, string action, Verdict verdict)
    {
        var comparison = PolicyComparison.Allows(ResearchOnly, purpose, action);

        Assert.Equal(verdict, comparison.Verdict);
        Assert.All(comparison.Reasons, reason => Assert.NotEmpty(reason.German));
    }

    [Fact]
    public void Other_conditions_are_taken_as_fulfillable_and_named() =>
        Assert.Contains(PolicyComparison.Allows(ResearchOnly, Purposes.HealthResearch, OdrlTerms.Use).Reasons, reason => reason.English.Contains("number of uses", StringComparison.Ordinal));

    [Theory]
    [InlineData(Offers.Marketing, Verdict.Conflict)]
    [InlineData(Offers.Research, Verdict.Compatible)]
    [InlineData(Purposes.Any, Verdict.Unknown)]
    public void A_prohibited_purpose_is_a_conflict(string purpose, Verdict verdict)
    {
        var offer = Offers.Parse($$"""
            "permission": [{ "action": "use" }],
            "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": ["{{Offers.Marketing}}"] }] }]
            """);

        Assert.Equal(verdict, PolicyComparison.Allows(offer, purpose, OdrlTerms.Use).Verdict);
    }

    [Fact]
    public void A_prohibition_that_depends_on_something_else_leaves_the_offer_open()
    {
        var offer = Offers.Parse("""
            "permission": [{ "action": "use" }],
            "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": "2030-01-01T00:00:00Z" }] }]
            """);

        Assert.Equal(Verdict.Compatible, PolicyComparison.Allows(offer, Offers.Research, OdrlTerms.Use).Verdict);
    }

    [Fact]
    public void Every_purpose_has_names_and_leads_to_a_declared_one()
    {
        Assert.All(Purposes.All, purpose => Assert.All(purpose.Concept.Broader, broader => Assert.NotNull(Purposes.Find(broader))));
        Assert.Equal(Purposes.All.Count, Purposes.All.Select(purpose => purpose.Concept.Iri).Distinct().Count());
    }

    [Fact]
    public void What_article_54_prohibits_is_no_case_of_what_article_53_allows() =>
        Assert.All(
            Purposes.All.Where(purpose => purpose.HealthDataUse is HealthDataUse.Prohibited),
            prohibited => Assert.Equal(Knowledge.False, ConceptHierarchy.Standard.IsA(prohibited.Concept.Iri, Purposes.HealthResearch)));
}
