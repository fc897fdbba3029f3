namespace Ecosystem.Odrl.Tests;

/// <summary>
/// The tables of the W3C formal semantics draft (Semantics of Permissions, of Prohibitions, of Obligations), and what follows from its definitions. In
/// one thing we follow the published test cases instead: a condition that is not fulfilled yet does not make the permission inactive, it is due.
/// </summary>
public sealed class FormalSemanticsTests
{
    private const string Pay = """{ "uid": "urn:duty", "action": [{ "rdf:value": { "@id": "odrl:compensate" }, "refinement": [{ "leftOperand": "payAmount", "operator": "eq", "rightOperand": { "@value": "5.00", "@type": "xsd:decimal" }, "unit": "http://dbpedia.org/resource/Euro" }] }] """;
    private const string OnSundays = """, "constraint": [{ "leftOperand": "urn:example:dayOfWeek", "operator": "eq", "rightOperand": { "@value": "Sunday", "@type": "xsd:string" } }] }""";

    [Theory]
    [InlineData("2017-12-19T15:00:00Z", ActivationState.Active)]
    [InlineData("2019-12-19T15:00:00Z", ActivationState.Inactive)]
    public void A1_a_permission_is_active_while_its_constraint_is_satisfied(string now, ActivationState activation)
    {
        var decision = Offers.UseIf("""{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2018-01-01", "@type": "xsd:date" } }""").Decide(world: At(now));

        Assert.Equal((activation, activation is ActivationState.Active), (decision.Report.Rules[0].Activation, decision.IsPermitted));
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(1200, true)]
    [InlineData(2400, false)]
    public void B1_an_action_is_permitted_when_it_satisfies_the_refinement(int resolution, bool permitted)
    {
        var policy = Offers.Parse(""" "permission": [{ "action": [{ "rdf:value": { "@id": "odrl:print" }, "refinement": [{ "leftOperand": "resolution", "operator": "lteq", "rightOperand": { "@value": "1200", "@type": "xsd:integer" } }] }] }] """);

        Assert.Equal(permitted, policy.Decide(new UsageRequest(OdrlTerms.Namespace + "print").Stating(OdrlTerms.Namespace + "resolution", OdrlValue.Number(resolution))).IsPermitted);
    }

    [Theory]
    [InlineData(DeonticState.NonSet, ActivationState.Active, DecisionCause.Permitted, 1)]
    [InlineData(DeonticState.Fulfilled, ActivationState.Active, DecisionCause.Permitted, 0)]
    [InlineData(DeonticState.Violated, ActivationState.Inactive, DecisionCause.DutyViolated, 1)]
    public void E22_a_condition_is_due_and_when_it_is_violated_the_permission_is_inactive(DeonticState state, ActivationState activation, DecisionCause cause, int due)
    {
        var decision = Offers.Parse($$""" "permission": [{ "action": "play", "duty": [{{Pay}} }] }] """).Decide(Play, With(state));

        Assert.Equal((activation, cause, due), (decision.Report.Rules[0].Activation, decision.Cause, decision.Duties.Count));
        Assert.Equal(state, decision.Report.Rules[0].Conditions.Single().Deontic);
    }

    [Theory]
    [InlineData("Monday", DeonticState.NonSet, ActivationState.Inactive, true, 0)]
    [InlineData("Monday", DeonticState.Violated, ActivationState.Inactive, true, 0)]
    [InlineData("Sunday", DeonticState.NonSet, ActivationState.Active, true, 1)]
    [InlineData("Sunday", DeonticState.Fulfilled, ActivationState.Active, true, 0)]
    [InlineData("Sunday", DeonticState.Violated, ActivationState.Active, false, 1)]
    public void E88_a_condition_counts_only_while_its_own_constraints_are_satisfied(string day, DeonticState state, ActivationState ofDuty, bool permitted, int due)
    {
        var policy = Offers.Parse($$""" "permission": [{ "action": "play", "duty": [{{Pay}}{{OnSundays}}] }] """);

        var decision = policy.Decide(Play.Stating("urn:example:dayOfWeek", OdrlValue.Text(day)), With(state));

        Assert.Equal((ofDuty, permitted, due), (decision.Report.Rules[0].Conditions.Single().Activation, decision.IsPermitted, decision.Duties.Count));
    }

    [Theory]
    [InlineData("2024-06-01T00:00:00Z", DeonticState.Violated, ActivationState.Active, 1)]
    [InlineData("2024-06-01T00:00:00Z", DeonticState.NonSet, ActivationState.Active, 0)]
    [InlineData("2025-06-01T00:00:00Z", DeonticState.NonSet, ActivationState.Inactive, 0)]
    public void E55_a_prohibition_is_active_while_its_constraint_is_satisfied_and_brings_its_remedy_when_violated(string now, DeonticState state, ActivationState activation, int due)
    {
        var policy = Offers.Parse("""
            "prohibition": [{ "uid": "urn:duty", "action": "archive", "constraint": [{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": { "@value": "2025-01-01", "@type": "xsd:date" } }],
              "remedy": [{ "uid": "urn:remedy", "action": "delete" }] }]
            """);
        var archive = new UsageRequest(OdrlTerms.Namespace + "archive");

        var decision = policy.Decide(archive, With(state, now));

        Assert.Equal((activation, due, false), (decision.Report.Rules[0].Activation, decision.Duties.Count(duty => duty.Source is DutySource.Remedy), decision.IsPermitted));
        var mended = With(state, now) with { Duties = new Dictionary<string, DeonticState> { ["urn:duty"] = state, ["urn:remedy"] = DeonticState.Fulfilled } };
        Assert.Empty(policy.Decide(archive, mended).Duties);
    }

    [Theory]
    [InlineData(DeonticState.NonSet, 1)]
    [InlineData(DeonticState.Fulfilled, 0)]
    [InlineData(DeonticState.Violated, 3)]
    public void E42_an_obligation_is_active_without_a_permission_and_its_consequences_follow_each_other(DeonticState state, int due)
    {
        var policy = Offers.Parse($$""" "permission": [{ "action": "use" }], "obligation": [{{Pay}}, "consequence": [{ "uid": "urn:second", "action": "inform", "consequence": [{ "action": "delete" }] }] }] """);
        var world = With(state) with { Duties = new Dictionary<string, DeonticState> { ["urn:duty"] = state, ["urn:second"] = DeonticState.Violated } };

        var decision = policy.Decide(world: world);

        Assert.Equal((true, due), (decision.IsPermitted, decision.Duties.Count));
        Assert.Equal(ActivationState.Active, decision.Report.Rules.Single(rule => rule.Kind is RuleReportKind.ObligationReport).Activation);
    }

    [Theory]
    [InlineData("perm", "perm", true)]
    [InlineData("perm", "invalid", true)]
    [InlineData("perm", "prohibit", false)]
    [InlineData("prohibit", "perm", false)]
    [InlineData("invalid", "perm", false)]
    public void A_child_resolves_its_conflicts_unless_its_parent_says_the_opposite(string own, string inherited, bool permitted)
    {
        var parent = Offers.Parse($$""" "conflict": "{{inherited}}", "prohibition": [{ "action": "use" }] """) with { Uid = "urn:parent" };
        var child = Offers.Parse($$""" "conflict": "{{own}}", "permission": [{ "action": "use" }], "inheritFrom": "urn:parent" """);

        Assert.Equal(permitted, PolicyInheritance.Resolve(child, _ => parent).Decide().IsPermitted);
    }

    [Theory]
    [InlineData("and", "xone", "or", false)]
    [InlineData("or", "and", "xone", true)]
    [InlineData("xone", "or", "and", true)]
    [InlineData("andSequence", "or", "or", true)]
    [InlineData("xone", "or", "or", false)]
    public void Combinations_nest(string outer, string first, string second, bool permitted)
    {
        const string True = """{ "leftOperand": "count", "operator": "gteq", "rightOperand": 0 }""";
        const string False = """{ "leftOperand": "count", "operator": "lt", "rightOperand": 0 }""";
        var policy = Offers.UseIf($$"""{ "{{outer}}": [{ "{{first}}": [{{True}}, {{True}}, {{False}}] }, { "{{second}}": [{{True}}, { "and": [{{True}}, {{False}}] }] }] }""");

        Assert.Equal(permitted, policy.Decide(Offers.Use.Stating(OdrlTerms.Count, OdrlValue.Number(1))).IsPermitted);
    }

    [Theory]
    [InlineData("urn:ward", "urn:scan", true)]
    [InlineData("urn:ward", "urn:letter", false)]
    [InlineData("urn:kitchen", "urn:scan", false)]
    [InlineData("urn:stranger", "urn:scan", false)]
    public void Refinements_select_in_collections_of_collections_on_both_sides(string party, string asset, bool permitted)
    {
        var policy = Offers.Parse("""
            "permission": [{ "action": "use",
              "assignee": { "@type": "PartyCollection", "source": "urn:hospital", "refinement": [{ "leftOperand": "urn:cares", "operator": "eq", "rightOperand": { "@value": "1", "@type": "xsd:boolean" } }] },
              "target": { "@type": "AssetCollection", "source": "urn:archive", "refinement": [{ "or": [{ "leftOperand": "fileFormat", "operator": "eq", "rightOperand": "dicom" }, { "leftOperand": "fileFormat", "operator": "eq", "rightOperand": "nifti" }] }] } }]
            """);
        var world = Offers.Now with
        {
            Memberships = [new("urn:ward", "urn:clinic"), new("urn:kitchen", "urn:clinic"), new("urn:clinic", "urn:hospital"), new("urn:scan", "urn:shelf"), new("urn:letter", "urn:shelf"), new("urn:shelf", "urn:archive")],
            Properties = new Dictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>>
            {
                ["urn:ward"] = Having("urn:cares", new OdrlValue("true", OdrlTerms.Xsd + "boolean")),
                ["urn:kitchen"] = Having("urn:cares", new OdrlValue("0", OdrlTerms.Xsd + "boolean")),
                ["urn:scan"] = Having(OdrlTerms.Namespace + "fileFormat", OdrlValue.Text("nifti")),
                ["urn:letter"] = Having(OdrlTerms.Namespace + "fileFormat", OdrlValue.Text("pdf")),
            },
        };

        Assert.Equal(permitted, policy.Decide(Offers.Use with { Assignee = party, Target = asset }, world).IsPermitted);
    }

    [Theory]
    [InlineData("lt", "2026-06-01T14:00:00.001+02:00", true)]
    [InlineData("lt", "2026-06-01T14:00:00+02:00", false)]
    [InlineData("lteq", "2026-06-01T14:00:00+02:00", true)]
    [InlineData("eq", "2026-06-01T02:00:00-10:00", true)]
    [InlineData("eq", "2026-06-02T02:00:00+14:00", true)]
    [InlineData("neq", "2026-06-01T12:00:00Z", false)]
    [InlineData("gteq", "2026-06-01T12:00:00+00:00", true)]
    [InlineData("gt", "2026-06-01T06:29:59-05:30", true)]
    [InlineData("gt", "2026-06-01T06:30:00-05:30", false)]
    public void Moments_compare_across_time_zones(string comparison, string moment, bool permitted) => Assert.Equal(
        permitted, Offers.UseIf($$"""{ "leftOperand": "dateTime", "operator": "{{comparison}}", "rightOperand": { "@value": "{{moment}}", "@type": "xsd:dateTime" } }""").Decide().IsPermitted);

    private static UsageRequest Play { get; } = new(OdrlTerms.Namespace + "play");

    private static StateOfTheWorld At(string now) => new(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

    private static StateOfTheWorld With(DeonticState state, string now = "2026-06-01T12:00:00Z") =>
        At(now) with { Duties = new Dictionary<string, DeonticState> { ["urn:duty"] = state } };

    private static Dictionary<string, Sequence<OdrlValue>> Having(string leftOperand, OdrlValue value) => new() { [leftOperand] = [value] };
}
