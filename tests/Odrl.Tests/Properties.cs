using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Odrl.Tests;

/// <summary>What holds for all policies, tried on random ones over a small world of counts and purposes.</summary>
public sealed class Properties
{
    private static readonly string[] Concepts =
    [
        Purposes.Any, Purposes.ScientificResearch, Purposes.HealthResearch, Purposes.TrainHealthAlgorithms,
        Offers.Marketing, Purposes.Dpv + "DirectMarketing", Purposes.Dpv + "NonCommercialPurpose",
    ];

    private static readonly Gen<Condition> CountConstraint =
        from comparison in Gen.Elements(ComparisonOperator.Eq, ComparisonOperator.Neq, ComparisonOperator.Lt, ComparisonOperator.Lteq, ComparisonOperator.Gt, ComparisonOperator.Gteq, ComparisonOperator.IsAnyOf, ComparisonOperator.IsNoneOf)
        from values in Gen.Choose(0, 4).ListOf(comparison is ComparisonOperator.IsAnyOf or ComparisonOperator.IsNoneOf ? 2 : 1)
        select (Condition)new Constraint(OdrlTerms.Count, comparison, values.Select(value => OdrlValue.Number(value)).ToSequence());

    private static readonly Gen<Condition> PurposeConstraint =
        from comparison in Gen.Elements(ComparisonOperator.IsA, ComparisonOperator.Eq, ComparisonOperator.IsNoneOf)
        from concept in Gen.Elements(Concepts)
        select (Condition)new Constraint(OdrlTerms.Purpose, comparison, [OdrlValue.Iri(concept)]);

    private static readonly Gen<Sequence<Condition>> CountConditions = Conditions(CountConstraint);
    private static readonly Gen<Sequence<Condition>> AnyConditions = Conditions(Gen.OneOf(CountConstraint, PurposeConstraint));

    private static readonly Gen<OdrlPolicy> Policy =
        from permissions in AnyConditions.ListOf(2)
        from prohibitions in AnyConditions.ListOf(1)
        from strategy in Gen.Elements(ConflictStrategy.Invalid, ConflictStrategy.Permission, ConflictStrategy.Prohibition)
        from action in Gen.Elements("use", "read", "sell")
        select new OdrlPolicy
        {
            Uid = "urn:random",
            Conflict = strategy,
            Permissions = permissions.Select(conditions => new Permission { Actions = [new(OdrlTerms.Namespace + action)], Constraints = conditions }).ToSequence(),
            Prohibitions = prohibitions.Select(conditions => new Prohibition { Actions = [new(OdrlTerms.Use)], Constraints = conditions }).ToSequence(),
        };

    private static readonly Gen<UsageRequest> Request =
        from action in Gen.Elements("use", "read", "sell")
        from count in Gen.Choose(0, 5)
        from purpose in Gen.Elements(Concepts)
        select new UsageRequest(OdrlTerms.Namespace + action).For(purpose).Stating(OdrlTerms.Count, OdrlValue.Number(count));

    [Fact]
    public void Reading_what_was_written_gives_an_equal_policy() => Check(Policy, policy =>
        OdrlReader.Parse(OdrlWriter.Write(policy)) == policy && OdrlWriter.Fingerprint(OdrlReader.Parse(OdrlWriter.Write(policy))) == OdrlWriter.Fingerprint(policy));

    [Fact]
    public void A_permission_more_never_takes_a_use_away() => Check(
        from policy in Policy
        from request in Request
        from more in AnyConditions
        select (policy, request, more),
        made => Implies(
            made.policy.Decide(made.request).IsPermitted,
            (made.policy with { Permissions = [.. made.policy.Permissions, new Permission { Constraints = made.more }] }).Decide(made.request).IsPermitted));

    [Fact]
    public void A_prohibition_more_never_permits_a_use() => Check(
        from policy in Policy
        from request in Request
        from more in AnyConditions
        select (policy, request, more),
        made => Implies(
            (made.policy with { Prohibitions = [.. made.policy.Prohibitions, new Prohibition { Constraints = made.more }] }).Decide(made.request).IsPermitted,
            made.policy.Decide(made.request).IsPermitted));

    [Fact]
    public void A_condition_more_on_a_permission_never_permits_a_use() => Check(
        from conditions in AnyConditions
        from more in AnyConditions
        from request in Request
        select (conditions, more, request),
        made => Implies(Permits([.. made.conditions, .. made.more], made.request), Permits(made.conditions, made.request)));

    [Fact]
    public void Comparison_agrees_with_trying_every_count() => Check(
        from one in CountConditions
        from other in CountConditions
        select (one, other),
        made => Is(
            PolicyComparison.CanBothHold(Permitting(made.one), Permitting(made.other)),
            Counts().Any(request => Permits(made.one, request) && Permits(made.other, request))));

    [Fact]
    public void Containment_agrees_with_trying_every_count() => Check(
        from one in CountConditions
        from other in CountConditions
        select (one, other),
        made => Is(
            PolicyComparison.IsContainedIn(Permitting(made.one), Permitting(made.other)),
            Counts().All(request => Implies(Permits(made.one, request), Permits(made.other, request)))));

    [Fact]
    public void Policies_said_to_be_in_conflict_permit_no_common_use() => Check(
        from one in AnyConditions
        from other in AnyConditions
        from request in Request
        select (one, other, request),
        made => Implies(
            PolicyComparison.CanBothHold(Permitting(made.one), Permitting(made.other)).Verdict is Verdict.Conflict,
            !(Permits(made.one, made.request) && Permits(made.other, made.request))));

    [Fact]
    public void A_purpose_said_to_be_in_conflict_is_never_permitted() => Check(
        from policy in Policy
        from request in Request
        select (policy, request),
        made => Implies(
            PolicyComparison.Allows(made.policy, made.request.Context[OdrlTerms.Purpose][0].Lexical, made.request.Action).Verdict is Verdict.Conflict,
            !made.policy.Decide(made.request).IsPermitted));

    // Combinations of combinations can have more alternatives than are looked at; then nothing is claimed, see the limits in the README.
    private static bool Is(Comparison found, bool compatible) => found.Verdict == (compatible ? Verdict.Compatible : Verdict.Conflict)
        || (found.Verdict is Verdict.Unknown && found.Reasons.Any(reason => reason.English.Contains("too many alternatives", StringComparison.Ordinal)));

    private static IEnumerable<UsageRequest> Counts() =>
        Enumerable.Range(0, 12).Select(count => Offers.Use.Stating(OdrlTerms.Count, OdrlValue.Number(count)));

    private static OdrlPolicy Permitting(Sequence<Condition> conditions) => new()
    {
        Uid = "urn:random",
        Permissions = [new Permission { Actions = [new(OdrlTerms.Use)], Constraints = conditions }],
    };

    private static bool Permits(Sequence<Condition> conditions, UsageRequest request) => Permitting(conditions).Decide(request).IsPermitted
        || (request.Action != OdrlTerms.Use && Permitting(conditions).Decide(request with { Action = OdrlTerms.Use }).IsPermitted);

    private static bool Implies(bool premise, bool conclusion) => !premise || conclusion;

    private static Gen<Sequence<Condition>> Conditions(Gen<Condition> atom) =>
        from size in Gen.Choose(0, 2)
        from conditions in Nested(atom, 2).ListOf(size)
        select conditions.ToSequence();

    private static Gen<Condition> Nested(Gen<Condition> atom, int depth) => depth == 0
        ? atom
        : Gen.OneOf(atom, from combination in Gen.Elements(Enum.GetValues<LogicalOperator>())
                          from operands in Nested(atom, depth - 1).ListOf(2)
                          select (Condition)new LogicalConstraint(combination, operands.ToSequence()));

    private static void Check<T>(Gen<T> generator, Func<T, bool> holds) =>
        Prop.ForAll(generator.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
