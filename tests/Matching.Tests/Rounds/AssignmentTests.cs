using System.Text.Json;
using Ecosystem.Matching.Rounds;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Matching.Tests.Rounds;

/// <summary>Plans of meetings: stable, level, and the best total that an independent solver finds.</summary>
public sealed class AssignmentTests
{
    [SkippableFact]
    public void The_best_total_is_that_of_the_oracle()
    {
        using JsonDocument oracle = JsonDocument.Parse(File.ReadAllText(SharedFolder.Path("data/decision/assignment_oracle_scipy.json")));

        Assert.All(oracle.RootElement.EnumerateArray(), task =>
        {
            double[,] affinity = AffinityOf(task);
            (int Row, int Column)[] best = [.. RoundPlanner.Best(affinity)];

            Assert.Equal(task.GetProperty("max_total").GetDouble(), best.Sum(pair => affinity[pair.Row, pair.Column]), 9);
            Assert.Equal(best.Length, best.Select(pair => pair.Column).Distinct().Count());
        });
    }

    [Fact]
    public void The_best_total_is_that_of_trying_every_assignment() => ForAnySeed(seed =>
    {
        var random = new System.Random(seed);
        double[,] value = new double[random.Next(1, 6), random.Next(1, 6)];
        for (int row = 0; row < value.GetLength(0); row++)
        {
            for (int column = 0; column < value.GetLength(1); column++) value[row, column] = random.Next(-5, 10);
        }

        Assert.Equal(EveryWay(value, 0, []), RoundPlanner.Best(value).Sum(pair => value[pair.Host, pair.Guest]));
    });

    [Fact]
    public void No_two_would_both_rather_meet_each_other() => ForAnySeed(seed =>
    {
        (MeetingRound round, List<RoundWishes> wishes) = AnyRound(seed, MeetingRound.Types.Aim.Stable);

        (IReadOnlyList<Meeting> meetings, PlanReport report) = RoundPlanner.Plan(round, wishes);

        Assert.Equal(0, report.BlockingPairs);
        Assert.True(report.FullestSlot - report.EmptiestSlot <= 1);
        CheckPlan(round, wishes, meetings);
    });

    [Fact]
    public void A_plan_for_the_best_total_keeps_the_same_rules() => ForAnySeed(seed =>
    {
        (MeetingRound round, List<RoundWishes> wishes) = AnyRound(seed, MeetingRound.Types.Aim.BestTotal);

        CheckPlan(round, wishes, RoundPlanner.Plan(round, wishes).Meetings);
    });

    [Fact]
    public void A_pair_that_blocks_is_found() => Assert.Equal(
        [(0, 0)], StablePairs.Blocking(hosts: [[0, 1], [0, 1]], guests: [[0, 1], [0, 1]], meetings: 1, pairs: [[1], [0]]));

    [Fact]
    public void A_round_without_wishes_has_an_empty_plan()
    {
        (IReadOnlyList<Meeting> meetings, PlanReport report) = RoundPlanner.Plan(new MeetingRound { Slots = 3, Aim = MeetingRound.Types.Aim.Stable }, []);

        Assert.Empty(meetings);
        Assert.Equal(new PlanReport(), report);
        Assert.Empty(RoundPlanner.Plan(new MeetingRound { Slots = 3, Aim = MeetingRound.Types.Aim.BestTotal }, []).Meetings);
    }

    /// <summary>Nobody is in two meetings at once, has more than allowed, meets the same twice, or somebody that either did not name.</summary>
    private static void CheckPlan(MeetingRound round, List<RoundWishes> wishes, IReadOnlyList<Meeting> meetings)
    {
        Assert.Equal(meetings.Count, meetings.Select(meeting => (meeting.HostId, meeting.GuestId)).Distinct().Count());
        Assert.Equal(meetings.Count, meetings.Select(meeting => (meeting.HostId, meeting.Slot)).Distinct().Count());
        Assert.Equal(meetings.Count, meetings.Select(meeting => (meeting.GuestId, meeting.Slot)).Distinct().Count());
        Assert.All(meetings, meeting => Assert.InRange(meeting.Slot, 1, round.Slots));
        Assert.All(meetings.GroupBy(meeting => meeting.HostId).Concat(meetings.GroupBy(meeting => meeting.GuestId)), ofOne => Assert.True(ofOne.Count() <= round.MostMeetings));
        Assert.All(meetings, meeting =>
        {
            Assert.Contains(meeting.GuestId, wishes.Single(one => one.Organisation == meeting.HostId).Wishes);
            Assert.Contains(meeting.HostId, wishes.Single(one => one.Organisation == meeting.GuestId).Wishes);
        });
    }

    private static (MeetingRound Round, List<RoundWishes> Wishes) AnyRound(int seed, MeetingRound.Types.Aim aim)
    {
        var random = new System.Random(seed);
        string[] hosts = [.. Enumerable.Range(0, random.Next(1, 8)).Select(number => $"host-{number}")];
        string[] guests = [.. Enumerable.Range(0, random.Next(1, 8)).Select(number => $"guest-{number}")];
        int slots = random.Next(1, 5);
        return (
            new MeetingRound { Slots = slots, MostMeetings = random.Next(1, slots + 1), Aim = aim },
            [
                .. hosts.Select(host => new RoundWishes(host, MeetingSide.Host, [.. Some(guests), "nobody"])),
                .. guests.Select(guest => new RoundWishes(guest, MeetingSide.Guest, Some(hosts))),
            ]);

        string[] Some(string[] others)
        {
            string[] mixed = [.. others];
            random.Shuffle(mixed);
            return mixed[..random.Next(mixed.Length + 1)];
        }
    }

    private static double EveryWay(double[,] value, int row, HashSet<int> taken)
    {
        (int rows, int columns) = (value.GetLength(0), value.GetLength(1));
        if (row == rows) return 0;
        double best = double.NegativeInfinity;
        for (int column = 0; column < columns; column++)
        {
            if (!taken.Add(column)) continue;
            best = Math.Max(best, value[row, column] + EveryWay(value, row + 1, taken));
            taken.Remove(column);
        }

        // With fewer columns than rows somebody must stay without; with enough, everybody is assigned.
        return rows - row > columns - taken.Count ? Math.Max(best, EveryWay(value, row + 1, taken)) : best;
    }

    private static double[,] AffinityOf(JsonElement task)
    {
        JsonElement rows = task.GetProperty("affinity");
        double[,] affinity = new double[task.GetProperty("n").GetInt32(), task.GetProperty("m").GetInt32()];
        for (int row = 0; row < affinity.GetLength(0); row++)
        {
            for (int column = 0; column < affinity.GetLength(1); column++) affinity[row, column] = rows[row][column].GetDouble();
        }
        return affinity;
    }

    private static void ForAnySeed(Action<int> holds) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
