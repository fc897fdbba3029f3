using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Odrl.Tests;

/// <summary>Deciding fast must be deciding the same.</summary>
public sealed class IndexTests
{
    [Fact]
    public void A_compiled_policy_decides_as_the_explained_evaluation() => Check(
        from policy in RandomPolicies.Policy
        from request in RandomPolicies.Request
        from world in RandomPolicies.World
        select (policy, request, world),
        made => CompiledPolicy.Compile(made.policy).Decide(made.request, made.world) == PolicyEvaluator.Evaluate(made.policy, made.request, made.world).Cause);

    [Fact]
    public void The_index_decides_as_a_scan_over_all_policies() => Check(
        from policies in RandomPolicies.Policy.ListOf(12)
        from removed in Gen.Choose(0, 11)
        from request in RandomPolicies.Request
        from world in RandomPolicies.World
        select (Policies: policies.DistinctBy(policy => policy.Uid).ToList(), Removed: policies[removed].Uid, request, world),
        made =>
        {
            var index = new PolicyIndex();
            made.Policies.ForEach(index.Put);
            index.Put(made.Policies[0]);
            index.Remove(made.Removed);
            var rest = made.Policies.Where(policy => policy.Uid != made.Removed).ToList();
            var found = index.Decide(made.request, made.world);
            var causes = rest.Select(policy => PolicyEvaluator.Evaluate(policy, made.request, made.world).Cause).ToList();
            return index.Count == rest.Count
                && Strength(found.Cause) == causes.Select(Strength).DefaultIfEmpty(0).Max()
                && (found.Policy is not { } settling || settling.Explain(made.request, made.world).Cause == found.Cause);
        });

    [Fact]
    public void The_normal_form_keeps_every_decision_and_is_its_own_normal_form() => Check(
        from policy in RandomPolicies.Policy
        from request in RandomPolicies.Request
        from world in RandomPolicies.World
        select (policy, request, world),
        made => PolicyNormalForm.Of(made.policy) is var normal
            && PolicyEvaluator.Evaluate(normal, made.request, made.world).Cause == PolicyEvaluator.Evaluate(made.policy, made.request, made.world).Cause
            && PolicyNormalForm.Of(normal) == normal);

    [Fact]
    public void The_order_of_rules_conditions_and_terms_does_not_change_the_normal_form() => Check(
        RandomPolicies.Policy,
        policy => OdrlWriter.Fingerprint(PolicyNormalForm.Of(Reversed(policy))) == OdrlWriter.Fingerprint(PolicyNormalForm.Of(policy)));

    [Fact]
    public void Random_policies_read_back_as_they_were_written() => Check(
        RandomPolicies.Policy,
        policy => IsRefusedOrEqual(policy));

    [Fact]
    public void A_prohibition_outweighs_the_permission_of_another_policy()
    {
        var index = new PolicyIndex();
        index.Put(Offers.Parse("\"permission\": [{ \"action\": \"use\", \"target\": \"urn:x\" }]") with { Uid = "urn:grant" });
        var request = Offers.Use with { Target = "urn:x", Assignee = "urn:me" };

        Assert.True(index.Decide(request, Offers.Now).IsPermitted);

        index.Put(Offers.Parse("\"prohibition\": [{ \"action\": \"use\", \"assignee\": \"urn:me\" }]") with { Uid = "urn:ban" });

        var denied = index.Decide(request, Offers.Now);
        Assert.Equal((DecisionCause.Prohibited, "urn:ban"), (denied.Cause, denied.Policy!.Policy.Uid));
        Assert.True(index.Remove("urn:ban"));
        Assert.False(index.Remove("urn:ban"));
        Assert.True(index.Decide(request, Offers.Now).IsPermitted);
    }

    [Fact]
    public void A_decision_among_a_hundred_thousand_policies_takes_less_than_a_kilobyte()
    {
        var index = new PolicyIndex();
        foreach (var number in Enumerable.Range(0, 100_000))
            index.Put(Grant(number));
        var request = new UsageRequest(OdrlTerms.Read) { Target = "urn:asset:5000", Assignee = "urn:org:5000" }.For(Purposes.HealthResearch);
        var world = Offers.Now with { Memberships = [new("urn:asset:5000", "urn:assets"), new("urn:org:5000", "urn:alliance")] };
        index.Decide(request, world);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1000; time++)
            index.Decide(request, world);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;

        Assert.True(index.Decide(request, world).IsPermitted);
        Assert.InRange(each, 0, 1000);
    }

    private static OdrlPolicy Grant(int number) => new()
    {
        Uid = $"urn:policy:{number}",
        Permissions =
        [
            new Permission
            {
                Targets = [new($"urn:asset:{number}")],
                Assignees = [new($"urn:org:{number}")],
                Actions = [new(OdrlTerms.Use)],
                Constraints =
                [
                    new Constraint(OdrlTerms.Purpose, ComparisonOperator.IsA, [OdrlValue.Iri(Purposes.ScientificResearch), OdrlValue.Iri(Purposes.HealthResearch)]),
                    new Constraint(OdrlTerms.DateTime, ComparisonOperator.Lt, [new OdrlValue("2030-01-01T00:00:00Z", OdrlTerms.Xsd + "dateTime")]),
                ],
            },
        ],
    };

    private static int Strength(DecisionCause cause) => cause switch
    {
        DecisionCause.Prohibited or DecisionCause.PolicyInConflict => 3,
        DecisionCause.Permitted => 2,
        DecisionCause.DutyViolated => 1,
        _ => 0,
    };

    private static OdrlPolicy Reversed(OdrlPolicy policy) => policy with
    {
        Permissions = policy.Permissions.Reverse().Select(rule => rule with { Targets = rule.Targets.Reverse().ToSequence(), Constraints = rule.Constraints.Reverse().ToSequence() }).ToSequence(),
        Prohibitions = policy.Prohibitions.Reverse().Select(rule => rule with { Actions = rule.Actions.Reverse().ToSequence() }).ToSequence(),
    };

    // Random literals need not fit their data type; those the reader refuses, as it should.
    private static bool IsRefusedOrEqual(OdrlPolicy policy)
    {
        try
        {
            return OdrlReader.Parse(OdrlWriter.Write(policy)) == policy;
        }
        catch (OdrlFormatException problem)
        {
            return problem.Problem.English.Contains("is not a valid value", StringComparison.Ordinal);
        }
    }

    private static void Check<T>(Gen<T> generator, Func<T, bool> holds) =>
        Prop.ForAll(generator.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
