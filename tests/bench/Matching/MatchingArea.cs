using System.Diagnostics;
using System.Globalization;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rounds;
using Ecosystem.Matching.V1;

namespace Ecosystem.Bench.Matching;

/// <summary>Proposals among 100,000 data assets and 10,000 competences, against comparing with every one of them and against PostgreSQL.</summary>
internal static class MatchingArea
{
    private const int Usual = 100_000;
    private const int Competences = 10_000;
    private const int New = 2_000;
    private const int Rematched = 20_000;
    private const int ListLength = 10;
    private const double AgainstBruteForce = 100;
    private const double MostMilliseconds = 50;
    private const double MostMegabytes = 2_048;
    private const double MostForRound = 5_000;

    private static int Assets { get; } =
        int.Parse(Environment.GetEnvironmentVariable("BENCH_ASSETS") ?? Usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>BENCH_ASSETS chooses a smaller alliance for development.</summary>
    public static async Task RunAsync(BenchReport report, int rounds)
    {
        using var profiles = new ProfileIndex();
        var engine = new ProposalEngine(profiles, new PolicyVerdicts(), new ParticipantBook(TimeProvider.System), TimeProvider.System);
        var alliance = new Alliance(seed: 1);
        var clock = Stopwatch.StartNew();
        for (int number = 0; number < Competences; number++) profiles.Of(ItemKind.Competence).Put(Item.Of(alliance.Competence(number)));
        for (int number = 0; number < Assets; number++) profiles.Of(ItemKind.DataAsset).Put(Item.Of(alliance.Asset(number)));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{Assets} assets and {Competences} competences indexed one by one in {clock.Elapsed.TotalSeconds:0.0} s"));
        report.Limit("matching.memory", GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0, MostMegabytes, "MiB");

        Item[] fresh = [.. Enumerable.Range(Assets, New).Select(number => Item.Of(alliance.Asset(number)))];
        foreach (Item item in fresh[..200]) Propose(engine, item); // compilers learn
        double[] times = [.. fresh.Select(item => MillisecondsOf(() =>
        {
            profiles.Of(ItemKind.DataAsset).Put(item);
            Propose(engine, item);
        })).Order()];
        report.Note(string.Create(CultureInfo.InvariantCulture, $"one new asset, indexed and proposed: p50 {times[New / 2]:0.00} ms, p99 {times[New * 99 / 100]:0.00} ms"));
        report.Limit("matching.new-asset-p99", times[New * 99 / 100], MostMilliseconds, "ms");

        await ComparePeersAsync(report, rounds, profiles, engine, fresh);
        Rematch(report, profiles, engine);
        PlanRounds(report);
    }

    private static async Task ComparePeersAsync(BenchReport report, int rounds, ProfileIndex profiles, ProposalEngine engine, Item[] fresh)
    {
        IReadOnlyList<Item> competences = profiles.Of(ItemKind.Competence).All();
        await using PostgresCandidates? postgres = await PostgresCandidates.StartAsync(competences);
        List<double> ours = [], oursOfFew = [], brute = [], theirs = [];
        for (int round = 0; round < rounds; round++)
        {
            Item[] asked = fresh[(round * 50)..((round + 1) * 50)];
            ours.Add(1000 / asked.Average(item => MillisecondsOf(() => Propose(engine, item))));
            Item[] few = asked[..3]; // the same for both: how long a description is decides how long either takes
            oursOfFew.Add(1000 / Enumerable.Repeat(few, 10).SelectMany(items => items).Average(item => MillisecondsOf(() => Propose(engine, item))));
            brute.Add(1000 / few.Average(item => MillisecondsOf(() => ByBruteForce(profiles, item, competences))));
            if (postgres is not null) theirs.Add(1000 / await postgres.MillisecondsAsync([.. asked[..10].Select(item => SameCandidates.Of(item, profiles, engine))]));
        }
        report.Add("matching.new-asset", "brute", oursOfFew, brute, "proposals/s", AgainstBruteForce);
        if (postgres is null) return;
        report.Add("matching.new-asset", "postgres", ours, theirs, "proposals/s", goal: null);
        (int same, int found) = (0, 0);
        foreach (Item item in fresh[..20])
        {
            SameCandidates candidates = SameCandidates.Of(item, profiles, engine);
            HashSet<string> by = await postgres.AllAsync(candidates);
            same += candidates.Ids.Count(by.Contains);
            found += candidates.Ids.Union(by, StringComparer.Ordinal).Count();
        }
        report.Note(string.Create(CultureInfo.InvariantCulture, $"candidates for 20 new assets: {same} of {found} the same as PostgreSQL's"));
    }

    private static void Rematch(BenchReport report, ProfileIndex profiles, ProposalEngine engine)
    {
        Item[] some = [.. profiles.Of(ItemKind.DataAsset).All().Take(Rematched)];
        double forAssets = MillisecondsOf(() => Parallel.ForEach(some, item => Propose(engine, item)));
        Item[] competences = [.. profiles.Of(ItemKind.Competence).All().Take(Rematched / 20)];
        double forCompetences = MillisecondsOf(() => Parallel.ForEach(competences, item => engine.Propose(item, ItemKind.DataAsset, Alliance.Research, ListLength)));
        double whole = (forAssets / some.Length * Assets) + (forCompetences / competences.Length * Competences);
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"full re-match: {some.Length / forAssets * 1000:0} assets/s and {competences.Length / forCompetences * 1000:0} competences/s on {Environment.ProcessorCount} cores; all of them in {whole / 1000:0} s"));
    }

    private static void PlanRounds(BenchReport report)
    {
        var random = new Random(1);
        const int Side = 500;
        List<RoundWishes> wishes =
        [
            .. Enumerable.Range(0, Side).Select(number => new RoundWishes($"host-{number}", MeetingSide.Host, Some("guest"))),
            .. Enumerable.Range(0, Side).Select(number => new RoundWishes($"guest-{number}", MeetingSide.Guest, Some("host"))),
        ];
        foreach (MeetingRound.Types.Aim aim in (MeetingRound.Types.Aim[])[MeetingRound.Types.Aim.Stable, MeetingRound.Types.Aim.BestTotal])
        {
            var round = new MeetingRound { Slots = 8, Aim = aim };
            PlanReport plan = new();
            double time = MillisecondsOf(() => plan = RoundPlanner.Plan(round, wishes).Report);
            report.Note(string.Create(CultureInfo.InvariantCulture, $"round of 1000, {aim}: {plan.BlockingPairs} blocking pairs, total {plan.Total:0.0}"));
            report.Limit($"matching.round-of-1000-{aim}".ToLowerInvariant(), time, MostForRound, "ms");
        }

        string[] Some(string other) => [.. Enumerable.Range(0, 60).Select(_ => $"{other}-{random.Next(Side)}").Distinct(StringComparer.Ordinal)];
    }

    private static void Propose(ProposalEngine engine, Item asset) => engine.Propose(asset, ItemKind.Competence, Alliance.Research, ListLength);

    /// <summary>Every pair compared from what the two say, as without an index; constraints and terms are looked at as by the engine.</summary>
    private static void ByBruteForce(ProfileIndex profiles, Item asked, IReadOnlyList<Item> competences)
    {
        SignalWeights weights = SignalWeights.Untuned.For(asked, ItemKind.Competence);
        TextQuery query;
        using (ItemIndex.Reading items = profiles.Of(ItemKind.Competence).Read()) query = TextQuery.Of(Words.AskedBy(asked), items, NearWords.Tuned);
        _ = competences.Where(item => HardConstraints.Allow(asked, item, TimeProvider.System.GetUtcNow()))
            .Select(item => (item.Id, Score: (weights.Text * query.MeetingsIn(Words.FoundBy(item)).Sum(meeting => meeting.Share))
                + (weights.Themes * Part(asked.Themes, item.Themes)) + (weights.Modalities * Part(asked.Modalities, item.Modalities))
                + (weights.Areas * AreaKeys.Served(asked.Areas, item.Areas))))
            .OrderByDescending(pair => pair.Score).Take(ListLength).ToList();
    }

    private static double Part(IReadOnlyList<string> asked, IReadOnlyList<string> other) =>
        asked.Count == 0 ? 0 : (double)asked.Intersect(other, StringComparer.Ordinal).Count() / asked.Count;

    private static double MillisecondsOf(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
