using System.Diagnostics;
using Ecosystem.Odrl;

namespace Ecosystem.Bench.Policy;

/// <summary>Decisions per second on one core: the same request among 1, 1,000 and 100,000 policies, by us and by the policy engines people use.</summary>
internal static class PolicyArea
{
    private const double AgainstCedar = 20;
    private const double AgainstCasbin = 5;
    private const double Grown = 0.5;
    private const int Many = 100_000;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        await EngineAsync(report, rounds);
        await DecisionsArea.RunAsync(report, rounds);
    }

    private static async Task EngineAsync(BenchReport report, int rounds)
    {
        foreach (var (policies, times) in ((int, int)[])[(1, rounds), (1000, rounds), (Many, 1)])
        {
            var index = IndexOf(policies);
            // Cedar takes longer to parse so many policies than anybody waits: more than three minutes.
            (string Name, double Goal)[] peers = policies < Many ? [("cedar", AgainstCedar), ("casbin", AgainstCasbin)] : [("casbin", AgainstCasbin)];
            List<double> ours = [];
            var theirs = peers.ToDictionary(peer => peer.Name, _ => new List<double>(), StringComparer.Ordinal);
            for (var round = 0; round < times; round++)
            {
                ours.Add(Rate(index, policies));
                foreach (var (peer, rates) in theirs)
                    rates.Add(await PolicyPeers.RateAsync(peer, policies, Time));
            }

            foreach (var (peer, goal) in peers)
                report.Add($"policy.among_{policies}", peer, ours, theirs[peer], "decisions/s", goal);
        }

        Growth(report, rounds);
    }

    private static void Growth(BenchReport report, int rounds)
    {
        var (one, many) = (IndexOf(1), IndexOf(Many));
        List<double> few = [], lots = [];
        for (var round = 0; round < rounds; round++)
        {
            few.Add(Rate(one, 1));
            lots.Add(Rate(many, Many));
        }

        report.Add($"policy.among_{Many}", "one", lots, few, "decisions/s", Grown);
    }

    private static PolicyIndex IndexOf(int policies)
    {
        var index = new PolicyIndex();
        for (var number = 0; number < policies; number++)
            index.Put(Terms(number));
        return index;
    }

    // Peers take their request apart anew each time; so do we: request and world are made for every decision.
    private static double Rate(PolicyIndex index, int policies)
    {
        var (asset, party) = ($"urn:asset:{policies / 2}", $"urn:org:{policies / 2}");
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        bool Decide(string assignee) => index.Decide(
            new UsageRequest(OdrlTerms.Use) { Target = asset, Assignee = assignee }.For(Purposes.TrainHealthAlgorithms), new(now)).IsPermitted;
        if (!Decide(party) || Decide("urn:org:nobody"))
            throw new InvalidOperationException("We do not decide as we should.");

        double During(TimeSpan time)
        {
            var watch = Stopwatch.StartNew();
            long count = 0;
            do
            {
                for (var some = 0; some < 1000; some++)
                    Decide(party);
                count += 1000;
            }
            while (watch.Elapsed < time);
            return count / watch.Elapsed.TotalSeconds;
        }

        During(Time / 2); // for the compiler that learns while the program runs
        return During(Time);
    }

    private static OdrlPolicy Terms(int number) => new()
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
                    new Constraint(OdrlTerms.Purpose, ComparisonOperator.IsA, [OdrlValue.Iri(Purposes.TrainHealthAlgorithms)]),
                    new Constraint(OdrlTerms.DateTime, ComparisonOperator.Lt, [new OdrlValue("2030-01-01T00:00:00Z", OdrlTerms.Xsd + "dateTime")]),
                ],
            },
        ],
    };
}
