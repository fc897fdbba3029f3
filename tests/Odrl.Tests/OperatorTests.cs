namespace Ecosystem.Odrl.Tests;

/// <summary>Each operator with each data type.</summary>
public sealed class OperatorTests
{
    private const string Left = "urn:example:left";

    [Theory]
    [InlineData("integer", "3", ComparisonOperator.Lt, "10", Satisfaction.Satisfied)]
    [InlineData("integer", "10", ComparisonOperator.Lteq, "10", Satisfaction.Satisfied)]
    [InlineData("decimal", "10.50", ComparisonOperator.Eq, "10.5", Satisfaction.Satisfied)]
    [InlineData("decimal", "10.50", ComparisonOperator.Neq, "10.5", Satisfaction.Unsatisfied)]
    [InlineData("double", "1e3", ComparisonOperator.Gt, "999.9", Satisfaction.Satisfied)]
    [InlineData("dateTime", "2026-01-01T12:00:00+02:00", ComparisonOperator.Eq, "2026-01-01T10:00:00Z", Satisfaction.Satisfied)]
    [InlineData("dateTime", "2026-01-01T12:00:00+02:00", ComparisonOperator.Lt, "2026-01-01T11:00:00Z", Satisfaction.Satisfied)]
    [InlineData("dateTime", "2025-12-31T24:00:00Z", ComparisonOperator.Eq, "2026-01-01T00:00:00Z", Satisfaction.Satisfied)]
    [InlineData("dateTime", "2026-01-01T12:00:00", ComparisonOperator.Lt, "2026-01-03T00:00:00Z", Satisfaction.Satisfied)]
    [InlineData("dateTime", "2026-01-01T12:00:00", ComparisonOperator.Lt, "2026-01-01T18:00:00Z", Satisfaction.Undetermined)]
    [InlineData("dateTime", "2026-01-01T12:00", ComparisonOperator.Gteq, "2026-01-01T12:00:00.0", Satisfaction.Satisfied)]
    [InlineData("date", "2026-01-01Z", ComparisonOperator.Lteq, "2026-01-01Z", Satisfaction.Satisfied)]
    [InlineData("date", "2026-01-01Z", ComparisonOperator.Lt, "2026-01-01Z", Satisfaction.Unsatisfied)]
    [InlineData("duration", "P30D", ComparisonOperator.Lt, "P2M", Satisfaction.Satisfied)]
    [InlineData("duration", "P30D", ComparisonOperator.Lt, "P1M", Satisfaction.Undetermined)]
    [InlineData("duration", "PT36H", ComparisonOperator.Gt, "P1D", Satisfaction.Satisfied)]
    [InlineData("duration", "P1Y", ComparisonOperator.Eq, "P12M", Satisfaction.Satisfied)]
    [InlineData("string", "gold", ComparisonOperator.Eq, "gold", Satisfaction.Satisfied)]
    [InlineData("string", "gold", ComparisonOperator.Lt, "silver", Satisfaction.Undetermined)]
    [InlineData("boolean", "true", ComparisonOperator.Neq, "false", Satisfaction.Satisfied)]
    public void Values_compare_as_their_type_says(string type, string stated, ComparisonOperator comparison, string expected, Satisfaction outcome)
    {
        var dataType = OdrlTerms.Xsd + type;
        var policy = Offers.UseIf(new Constraint(Left, comparison, [new OdrlValue(expected, dataType)]));

        var decision = policy.Decide(Offers.Use.Stating(Left, new OdrlValue(stated, dataType)));

        Assert.Equal(outcome, Outcome(decision));
    }

    [Theory]
    [InlineData(ComparisonOperator.IsAnyOf, "b", "a,b", Satisfaction.Satisfied)]
    [InlineData(ComparisonOperator.IsAnyOf, "c", "a,b", Satisfaction.Unsatisfied)]
    [InlineData(ComparisonOperator.IsNoneOf, "c", "a,b", Satisfaction.Satisfied)]
    [InlineData(ComparisonOperator.IsNoneOf, "a", "a,b", Satisfaction.Unsatisfied)]
    [InlineData(ComparisonOperator.IsAllOf, "a,b,c", "a,b", Satisfaction.Satisfied)]
    [InlineData(ComparisonOperator.IsAllOf, "a", "a,b", Satisfaction.Unsatisfied)]
    [InlineData(ComparisonOperator.IsAnyOf, "a,c", "a,b", Satisfaction.Unsatisfied)]
    public void Set_operators_look_at_all_values(ComparisonOperator comparison, string stated, string expected, Satisfaction outcome)
    {
        var policy = Offers.UseIf(new Constraint(Left, comparison, expected.Split(',').Select(OdrlValue.Text).ToSequence()));

        Assert.Equal(outcome, Outcome(policy.Decide(Offers.Use.Stating(Left, stated.Split(',').Select(OdrlValue.Text).ToSequence()))));
    }

    [Theory]
    [InlineData(ComparisonOperator.IsA, Purposes.HealthResearch, Purposes.ScientificResearch, Satisfaction.Satisfied)]
    [InlineData(ComparisonOperator.Eq, Purposes.HealthResearch, Purposes.ScientificResearch, Satisfaction.Satisfied)]
    [InlineData(ComparisonOperator.IsA, Purposes.ScientificResearch, Purposes.HealthResearch, Satisfaction.Undetermined)]
    [InlineData(ComparisonOperator.IsA, Offers.Marketing, Purposes.ScientificResearch, Satisfaction.Unsatisfied)]
    [InlineData(ComparisonOperator.IsA, "urn:example:my-study", Purposes.ScientificResearch, Satisfaction.Undetermined)]
    [InlineData(ComparisonOperator.Neq, Purposes.Dpv + "DirectMarketing", Offers.Marketing, Satisfaction.Unsatisfied)]
    [InlineData(ComparisonOperator.Neq, Purposes.Any, Offers.Marketing, Satisfaction.Undetermined)]
    [InlineData(ComparisonOperator.IsNoneOf, Purposes.ScientificResearch, Offers.Marketing, Satisfaction.Satisfied)]
    public void Purposes_include_narrower_ones(ComparisonOperator comparison, string stated, string expected, Satisfaction outcome)
    {
        var policy = Offers.UseIf(new Constraint(OdrlTerms.Purpose, comparison, [OdrlValue.Iri(expected)]));

        Assert.Equal(outcome, Outcome(policy.Decide(Offers.Use.For(stated))));
    }

    [Fact]
    public void Places_contain_places()
    {
        var policy = Offers.UseIf(new Constraint(OdrlTerms.Spatial, ComparisonOperator.IsPartOf, [OdrlValue.Iri("https://sws.geonames.org/6255148/")]));

        Assert.True(policy.Decide(Offers.Use.Stating(OdrlTerms.Spatial, OdrlValue.Iri("https://sws.geonames.org/2842635/"))).IsPermitted);
    }

    [Fact]
    public void What_nobody_states_is_not_decidable_and_not_permitted()
    {
        var decision = Offers.UseIf(new Constraint(Left, ComparisonOperator.Neq, [OdrlValue.Text("a")])).Decide();

        Assert.Equal(Satisfaction.Undetermined, Outcome(decision));
        Assert.False(decision.IsPermitted);
    }

    private static Satisfaction Outcome(Decision decision) =>
        Assert.Single(decision.Report.Rules[0].Premises, premise => premise.Kind is PremiseKind.ConstraintReport).Satisfaction;
}
