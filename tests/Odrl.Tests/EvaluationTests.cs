namespace Ecosystem.Odrl.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void Nothing_is_permitted_that_no_permission_covers()
    {
        var decision = Offers.Parse(""" "prohibition": [{ "action": "print" }] """).Decide();

        Assert.Equal(DecisionCause.NoPermission, decision.Cause);
    }

    [Theory]
    [InlineData("read", true)]
    [InlineData("display", true)]
    [InlineData("sell", false)]
    [InlineData("transfer", false)]
    public void Using_includes_reading_but_not_selling(string action, bool permitted) =>
        Assert.Equal(permitted, Offers.Parse(""" "permission": [{ "action": "use" }] """).Decide(new(OdrlTerms.Namespace + action)).IsPermitted);

    [Theory]
    [InlineData("perm", DecisionCause.Permitted)]
    [InlineData("prohibit", DecisionCause.Prohibited)]
    [InlineData("invalid", DecisionCause.PolicyInConflict)]
    public void A_conflict_is_resolved_as_the_policy_says(string strategy, DecisionCause cause) =>
        Assert.Equal(cause, Offers.Parse($$""" "conflict": "{{strategy}}", "permission": [{ "action": "use" }], "prohibition": [{ "action": "use" }] """).Decide().Cause);

    [Fact]
    public void A_prohibition_applies_when_it_cannot_be_ruled_out()
    {
        var policy = Offers.Parse($$"""
            "permission": [{ "action": "use" }],
            "prohibition": [{ "action": "use", "constraint": [{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "{{Offers.Marketing}}" } }] }]
            """);

        Assert.False(policy.Decide().IsPermitted);
        Assert.False(policy.Decide(Offers.Use.For("urn:example:unheard-of")).IsPermitted);
        Assert.True(policy.Decide(Offers.Use.For(Offers.Research)).IsPermitted);
    }

    [Fact]
    public void Naming_a_second_purpose_never_widens_what_is_allowed()
    {
        var policy = Offers.UseIf($$"""{ "leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": [{ "@id": "{{Offers.Research}}" }] }""");

        Assert.True(policy.Decide(Offers.Use.For(Offers.Research)).IsPermitted);
        Assert.False(policy.Decide(Offers.Use.Stating(OdrlTerms.Purpose, OdrlValue.Iri(Offers.Research), OdrlValue.Iri(Offers.Marketing))).IsPermitted);
    }

    [Theory]
    [InlineData("and", 1, false)]
    [InlineData("and", 2, true)]
    [InlineData("andSequence", 2, true)]
    [InlineData("or", 0, false)]
    [InlineData("or", 1, true)]
    [InlineData("xone", 1, true)]
    [InlineData("xone", 2, false)]
    public void Logical_operators_count_what_holds(string combination, int holding, bool permitted)
    {
        var operands = Enumerable.Range(0, 2).Select(index => $$"""{ "leftOperand": "count", "operator": "{{(index < holding ? "gteq" : "lt")}}", "rightOperand": 0 }""");
        var policy = Offers.UseIf($$"""{ "{{combination}}": [{{string.Join(',', operands)}}] }""");

        Assert.Equal(permitted, policy.Decide(Offers.Use.Stating(OdrlTerms.Count, OdrlValue.Number(1))).IsPermitted);
    }

    [Fact]
    public void Unknown_operands_do_not_matter_where_the_rest_settles_it()
    {
        const string Unknown = """{ "leftOperand": "spatial", "operator": "eq", "rightOperand": "somewhere" }""";
        const string Holding = """{ "leftOperand": "dateTime", "operator": "gt", "rightOperand": "2020-01-01T00:00:00Z" }""";

        Assert.True(Offers.UseIf($$"""{ "or": [{{Unknown}}, {{Holding}}] }""").Decide().IsPermitted);
        Assert.False(Offers.UseIf($$"""{ "and": [{{Unknown}}, {{Holding}}] }""").Decide().IsPermitted);
        Assert.False(Offers.UseIf($$"""{ "xone": [{{Unknown}}, {{Holding}}] }""").Decide().IsPermitted);
    }

    [Fact]
    public void Collections_in_collections_count()
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use", "assignee": "urn:alliance", "target": { "@type": "AssetCollection", "source": "urn:archive" } }] """);
        var world = Offers.Now with
        {
            Memberships = [new("urn:team", "urn:clinic"), new("urn:clinic", "urn:alliance"), new("urn:alliance", "urn:team"), new("urn:x", "urn:shelf"), new("urn:shelf", "urn:archive")],
        };

        Assert.True(policy.Decide(Offers.Use with { Assignee = "urn:team", Target = "urn:x" }, world).IsPermitted);
        Assert.False(policy.Decide(Offers.Use with { Assignee = "urn:stranger", Target = "urn:x" }, world).IsPermitted);
    }

    [Theory]
    [InlineData(17, false)]
    [InlineData(18, true)]
    public void Refinements_select_members_of_a_collection(int age, bool permitted)
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use", "assignee": { "@type": "PartyCollection", "source": "urn:members", "refinement": [{ "leftOperand": "urn:age", "operator": "gteq", "rightOperand": 18 }] } }] """);
        var world = Offers.Now with
        {
            Memberships = [new("urn:alice", "urn:members")],
            Properties = new Dictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>>
            {
                ["urn:alice"] = new Dictionary<string, Sequence<OdrlValue>> { ["urn:age"] = [OdrlValue.Number(age)] },
            },
        };

        Assert.Equal(permitted, policy.Decide(Offers.Use with { Assignee = "urn:alice" }, world).IsPermitted);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(1200, false)]
    public void Refinements_narrow_an_action(int resolution, bool permitted)
    {
        var policy = Offers.Parse(""" "permission": [{ "action": [{ "rdf:value": { "@id": "odrl:print" }, "refinement": [{ "leftOperand": "resolution", "operator": "lteq", "rightOperand": 600 }] }] }] """);
        var request = new UsageRequest(OdrlTerms.Namespace + "print").Stating(OdrlTerms.Namespace + "resolution", OdrlValue.Number(resolution));

        Assert.Equal(permitted, policy.Decide(request).IsPermitted);
    }

    [Fact]
    public void Duties_of_the_permission_that_is_used_are_due_until_they_are_fulfilled()
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use", "duty": [{ "uid": "urn:d1", "action": "anonymize" }, { "uid": "urn:d2", "action": "inform" }] }] """);
        var world = Offers.Now with { Duties = new Dictionary<string, DeonticState> { ["urn:d1"] = DeonticState.Fulfilled } };

        var due = Assert.Single(policy.Decide(world: world).Duties);
        Assert.Equal("Informieren.", due.Description.German);
    }

    [Fact]
    public void A_violated_duty_withdraws_the_permission_and_brings_its_consequence()
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use", "duty": [{ "uid": "urn:d", "action": "delete", "consequence": [{ "action": "compensate" }] }] }] """);
        var world = Offers.Now with { Duties = new Dictionary<string, DeonticState> { ["urn:d"] = DeonticState.Violated } };

        var decision = policy.Decide(world: world);

        Assert.Equal(DecisionCause.DutyViolated, decision.Cause);
        Assert.Equal([DutySource.Permission, DutySource.Consequence], decision.Duties.Select(due => due.Source));
    }

    [Fact]
    public void A_duty_is_violated_once_its_deadline_has_passed()
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use", "duty": [{ "action": [{ "rdf:value": { "@id": "delete" }, "refinement": [{ "leftOperand": "dateTime", "operator": "lteq", "rightOperand": { "@value": "2026-06-01T00:00:00Z", "@type": "xsd:dateTimeStamp" } }] }] }] }] """);

        Assert.True(policy.Decide(world: new(new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero))).IsPermitted);
        Assert.Equal(DecisionCause.DutyViolated, policy.Decide(world: new(new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero))).Cause);
    }

    [Fact]
    public void A_violated_prohibition_brings_its_remedy()
    {
        var policy = Offers.Parse(""" "permission": [{ "action": "use" }], "prohibition": [{ "uid": "urn:p", "action": "sell", "remedy": [{ "action": "delete" }] }] """);
        var world = Offers.Now with { Duties = new Dictionary<string, DeonticState> { ["urn:p"] = DeonticState.Violated } };

        Assert.Equal(DutySource.Remedy, Assert.Single(policy.Decide(world: world).Duties).Source);
    }

    [Fact]
    public void The_time_of_use_is_never_taken_from_the_request() =>
        Assert.False(Offers.UseIf("""{ "leftOperand": "dateTime", "operator": "lt", "rightOperand": "2020-01-01T00:00:00Z" }""")
            .Decide(Offers.Use.Stating(OdrlTerms.DateTime, OdrlValue.Text("2019-01-01T00:00:00Z"))).IsPermitted);

    [Fact]
    public void A_reference_is_compared_with_what_it_leads_to()
    {
        var policy = Offers.UseIf("""{ "leftOperand": "event", "operator": "eq", "rightOperandReference": "urn:where" }""");
        var world = Offers.Now with { References = new Dictionary<string, Sequence<OdrlValue>> { ["urn:where"] = [OdrlValue.Text("fair")] } };

        Assert.True(policy.Decide(Offers.Use.Stating(OdrlTerms.Namespace + "event", OdrlValue.Text("fair")), world).IsPermitted);
        Assert.False(policy.Decide(Offers.Use.Stating(OdrlTerms.Namespace + "event", OdrlValue.Text("fair"))).IsPermitted);
    }

    [Fact]
    public void Rules_are_inherited_and_circles_refused()
    {
        var parent = Offers.Parse(""" "permission": [{ "action": "use" }] """) with { Uid = "urn:parent" };
        var child = Offers.Parse(""" "prohibition": [{ "action": "print" }], "inheritFrom": "urn:parent" """);
        var circle = parent with { InheritFrom = ["urn:example:offer"] };

        Assert.True(PolicyInheritance.Resolve(child, _ => parent).Decide().IsPermitted);
        Assert.Contains("inherits from itself", Assert.Throws<OdrlFormatException>(() => PolicyInheritance.Resolve(child, uid => uid == "urn:parent" ? circle : child)).Message, StringComparison.Ordinal);
        Assert.Throws<OdrlFormatException>(() => PolicyInheritance.Resolve(child, _ => null));
    }

    [Fact]
    public void Reasons_are_sentences_in_both_languages()
    {
        var decision = Offers.UseIf($$"""{ "leftOperand": "purpose", "operator": "isA", "rightOperand": { "@id": "{{Offers.Research}}" } }""").Decide(Offers.Use.For(Offers.Marketing));

        Assert.Contains("wissenschaftliche Forschung", decision.Reasons[1].German, StringComparison.Ordinal);
        Assert.Contains("scientific research", decision.Reasons[1].English, StringComparison.Ordinal);
    }
}
