using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class MatchExpressionTests
{
    private static readonly JsonObject Event = JsonNode.Parse("""
        {"type":"order.placed.v1","source":"shop","data":{"n":3,"ok":true,"name":"Müller","deep":{"x":"y"}},"my-ext":"e"}
        """)!.AsObject();

    [Theory]
    [InlineData("event.type == \"order.placed.v1\"")]
    [InlineData("event.type == 'order.placed.v1'")]
    [InlineData("event.type != \"x\" && event.source == \"shop\"")]
    [InlineData("event.type == \"x\" || event.data.n == 3")]
    [InlineData("!(event.type == \"x\") && !!event.data.ok")]
    [InlineData("event.data.n > 2 && event.data.n >= 3 && event.data.n < 3.5 && event.data.n <= 3 && event.data.n > -1")]
    [InlineData("event.source in [\"a\", \"shop\"]")]
    [InlineData("has(event.data.deep.x) && !has(event.data.deep.z)")]
    [InlineData("event.type.startsWith(\"order.\") && event.type.endsWith(\".v1\") && event.data.name.contains(\"ü\")")]
    [InlineData("event[\"my-ext\"] == \"e\"")]
    [InlineData("event.data[\"deep\"].x == \"y\"")]
    [InlineData("event.data.ok")]
    public void These_rules_fit(string rule) => Assert.True(MatchExpression.Parse(rule).Fits(Event));

    [Theory]
    [InlineData("event.type == \"x\"")]
    [InlineData("event.type == \"x\" && event.missing == \"y\"")]
    [InlineData("event.missing == \"y\"")]
    [InlineData("event.data.n == \"3\"")]
    [InlineData("event.data.name > 3")]
    [InlineData("event.type")]
    [InlineData("false || event.data.n == 4")]
    public void These_rules_do_not_fit(string rule) => Assert.False(MatchExpression.Parse(rule).Fits(Event));

    [Theory]
    [InlineData("", "the end")]
    [InlineData("event.type ==", "the end")]
    [InlineData("event.type = \"x\"", "'='")]
    [InlineData("event.type == \"x", "no closing")]
    [InlineData("event.type == \"x\" event", "'event'")]
    [InlineData("type == \"x\"", "'type'")]
    [InlineData("event.type.matches(\"x\")", "'matches'")]
    [InlineData("size(event.type) == 1", "'size'")]
    [InlineData("has(x)", "'x'")]
    [InlineData("event.n == 1.2.3", "'1.2.3'")]
    public void Rules_outside_of_the_subset_are_refused_with_the_place(string rule, string named)
    {
        var refusal = Assert.Throws<MatchSyntaxException>(() => MatchExpression.Parse(rule));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_either_a_rule_or_refused()
    {
        var words = Gen.Elements("event", ".", "type", "==", "!=", "&&", "||", "!", "(", ")", "[", "]", ",", "\"x\"", "'", "3", "in", "has", "-", "<", " ", "ä", "\\");
        Prop.ForAll(Arb.From(Gen.ListOf(words).Select(w => string.Concat(w))), rule =>
        {
            try
            {
                MatchExpression.Parse(rule).Fits(Event);
            }
            catch (MatchSyntaxException)
            {
                // Refused, as it should be.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_end_the_process() =>
        Assert.Throws<MatchSyntaxException>(() => MatchExpression.Parse(new string('(', 100_000) + "true" + new string(')', 100_000)));
}
