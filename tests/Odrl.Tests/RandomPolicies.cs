using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Odrl.Tests;

/// <summary>Random policies over a small world in which everything meets everything: assets in collections, parties, duties, dates, lists.</summary>
internal static class RandomPolicies
{
    private static readonly string[] Assets = ["urn:asset:1", "urn:asset:2", "urn:assets", "urn:archive"];
    private static readonly string[] Parties = ["urn:party:1", "urn:party:2", "urn:parties"];
    private static readonly string[] Duties = ["urn:duty:1", "urn:duty:2"];
    private static readonly string[] Actions = ["use", "read", "sell", "anonymize", "transfer"];
    private static readonly string[] Ages = ["P1D", "P1M", "P30D", "PT24H", "-P1D", "soon"];

    private static readonly string[] Concepts =
    [
        Purposes.Any, Purposes.ScientificResearch, Purposes.HealthResearch, Purposes.TrainHealthAlgorithms,
        Offers.Marketing, Purposes.Dpv + "DirectMarketing", Purposes.Dpv + "NonCommercialPurpose", "urn:unheard-of",
    ];

    private static readonly string[] Moments =
    [
        "2026-06-01T12:00:00Z", "2026-06-01", "2026-06-01T13:00:00+01:00", "2026-06-01T12:00:00", "2026-05-30", "2026-06-03T00:00:00Z", "2030", "2026-06-01T12:00:00.0000001Z",
    ];

    private static readonly Gen<OdrlValue> AnyNumber =
        from number in Gen.Choose(0, 4)
        from written in Gen.Elements(OdrlValue.Number(number), OdrlValue.Text($"{number}.0"), new OdrlValue($"{number}", OdrlTerms.Xsd + "decimal"), OdrlValue.Text("many"))
        select written;

    private static readonly Gen<Condition> Atom = Gen.OneOf(
        Comparing(OdrlTerms.Count, AnyNumber),
        Comparing(OdrlTerms.Purpose, Gen.Elements(Concepts).Select(OdrlValue.Iri)),
        Comparing(OdrlTerms.DateTime, Gen.Elements(Moments).Select(moment => new OdrlValue(moment, moment.Length > 10 ? OdrlTerms.Xsd + "dateTime" : null))),
        Comparing(OdrlTerms.Recipient, Gen.Elements(Parties).Select(OdrlValue.Iri)),
        Comparing("urn:kept", Gen.Elements(Ages).Select(age => new OdrlValue(age, OdrlTerms.Xsd + "duration"))),
        Comparing("urn:colour", Gen.Elements("red", "blue", "3").Select(OdrlValue.Text)),
        Gen.Elements(ComparisonOperator.Eq, ComparisonOperator.Lteq)
            .Select(comparison => (Condition)new Constraint(OdrlTerms.Count, comparison, []) { RightOperandReference = "urn:limit" }));

    public static Gen<Sequence<Condition>> Conditions { get; } =
        from size in Gen.Choose(0, 2)
        from conditions in Nested(2).ListOf(size)
        select conditions.ToSequence();

    public static Gen<OdrlPolicy> Policy { get; } =
        from number in Gen.Choose(0, 1_000_000)
        from permissions in Permission.ListOf(2)
        from prohibitions in Gen.Choose(0, 2).SelectMany(count => Rules<Prohibition>().ListOf(count))
        from obligations in Gen.Choose(0, 1).SelectMany(count => Duty.ListOf(count))
        from strategy in Gen.Elements(Enum.GetValues<ConflictStrategy>())
        select new OdrlPolicy
        {
            Uid = $"urn:policy:{number}",
            Conflict = strategy,
            Permissions = permissions.ToSequence(),
            Prohibitions = prohibitions.ToSequence(),
            Obligations = obligations.ToSequence(),
        };

    public static Gen<UsageRequest> Request { get; } =
        from action in Gen.Elements(Actions)
        from target in Gen.Elements(Assets.Append(null))
        from assignee in Gen.Elements(Parties.Append(null))
        from purposes in Gen.Elements(Concepts).ListOf(2)
        from count in AnyNumber
        from colours in Gen.Choose(0, 2).SelectMany(size => Gen.Elements("red", "blue", "3").ListOf(size))
        from age in Gen.Elements(Ages)
        select new UsageRequest(OdrlTerms.Namespace + action) { Target = target, Assignee = assignee }
            .Stating(OdrlTerms.Purpose, purposes.Distinct().Select(OdrlValue.Iri).ToSequence())
            .Stating(OdrlTerms.Count, count)
            .Stating("urn:colour", colours.Select(OdrlValue.Text).ToSequence())
            .Stating("urn:kept", new OdrlValue(age, OdrlTerms.Xsd + "duration"));

    public static Gen<StateOfTheWorld> World { get; } =
        from memberships in Gen.Choose(0, 4).SelectMany(size => Membership.ListOf(size))
        from state in Gen.Elements(Enum.GetValues<DeonticState>())
        from limit in AnyNumber
        from colour in Gen.Elements("red", "blue")
        select Offers.Now with
        {
            Memberships = memberships.ToSequence(),
            Duties = new Dictionary<string, DeonticState>(StringComparer.Ordinal) { [Duties[0]] = state },
            References = new Dictionary<string, Sequence<OdrlValue>>(StringComparer.Ordinal) { ["urn:limit"] = [limit] },
            Properties = new Dictionary<string, IReadOnlyDictionary<string, Sequence<OdrlValue>>>(StringComparer.Ordinal)
            {
                [Assets[0]] = new Dictionary<string, Sequence<OdrlValue>>(StringComparer.Ordinal) { ["urn:colour"] = [OdrlValue.Text(colour)] },
                [Parties[0]] = new Dictionary<string, Sequence<OdrlValue>>(StringComparer.Ordinal) { [OdrlTerms.Count] = [limit] },
            },
        };

    private static Gen<Membership> Membership => Gen.OneOf(
        from member in Gen.Elements(Assets)
        from collection in Gen.Elements(Assets)
        select new Membership(member, collection),
        from member in Gen.Elements(Parties)
        from collection in Gen.Elements(Parties)
        select new Membership(member, collection));

    private static Gen<Permission> Permission =>
        from rule in Rules<Permission>()
        from count in Gen.Choose(0, 2)
        from duties in Duty.ListOf(count)
        select rule with { Duties = duties.ToSequence() };

    private static Gen<Duty> Duty =>
        from rule in Rules<Duty>()
        from uid in Gen.Elements(Duties.Append(null))
        select rule with { Uid = uid };

    private static Gen<T> Rules<T>()
        where T : Rule, new() =>
        from targets in Terms(Assets)
        from assignees in Terms(Parties)
        from actions in Terms([.. Actions.Select(action => OdrlTerms.Namespace + action)])
        from constraints in Conditions
        select new T { Targets = targets, Assignees = assignees, Actions = actions, Constraints = constraints };

    private static Gen<Sequence<RuleTerm>> Terms(string[] names) =>
        from count in Gen.Choose(0, 2)
        from terms in (from name in Gen.Elements(names)
                       from source in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Elements(names).Select(found => (string?)found)))
                       from refinements in Gen.Frequency((3, Gen.Constant<Sequence<Condition>>([])), (1, Conditions))
                       select new RuleTerm(name) { Source = source, Refinements = refinements }).ListOf(count)
        select terms.ToSequence();

    private static Gen<Condition> Comparing(string leftOperand, Gen<OdrlValue> value) =>
        from comparison in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        let isOrder = comparison is ComparisonOperator.Lt or ComparisonOperator.Lteq or ComparisonOperator.Gt or ComparisonOperator.Gteq
        from size in Gen.Choose(1, isOrder ? 1 : 3)
        from values in value.ListOf(size)
        select (Condition)new Constraint(leftOperand, comparison, values.ToSequence());

    private static Gen<Condition> Nested(int depth) => depth == 0
        ? Atom
        : Gen.OneOf(Atom, from combination in Gen.Elements(Enum.GetValues<LogicalOperator>())
                          from size in Gen.Choose(1, 3)
                          from operands in Nested(depth - 1).ListOf(size)
                          select (Condition)new LogicalConstraint(combination, operands.ToSequence()));
}
