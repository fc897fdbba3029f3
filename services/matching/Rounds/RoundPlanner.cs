using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Rounds;

/// <summary>What an organisation wishes in a round.</summary>
internal sealed record RoundWishes(string Organisation, MeetingSide Side, IReadOnlyList<string> Wishes);

/// <summary>Makes the plan of a round. Only two who name each other meet; the same wishes give the same plan.</summary>
internal sealed class RoundPlanner
{
    private readonly int _slots;
    private readonly int _most;
    private readonly string[] _hosts;
    private readonly string[] _guests;
    private readonly int[][] _ofHosts;
    private readonly int[][] _ofGuests;

    private RoundPlanner(MeetingRound round, IReadOnlyCollection<RoundWishes> wishes)
    {
        _slots = round.Slots;
        _most = round.MostMeetings == 0 ? round.Slots : Math.Min(round.MostMeetings, round.Slots);
        _hosts = Names(wishes, MeetingSide.Host);
        _guests = Names(wishes, MeetingSide.Guest);
        Dictionary<string, RoundWishes> of = wishes.ToDictionary(one => one.Organisation, StringComparer.Ordinal);
        _ofHosts = Array.ConvertAll(_hosts, host => Numbers(of[host].Wishes, _guests));
        _ofGuests = Array.ConvertAll(_guests, guest => Numbers(of[guest].Wishes, _hosts));
    }

    public static (IReadOnlyList<Meeting> Meetings, PlanReport Report) Plan(MeetingRound round, IReadOnlyCollection<RoundWishes> wishes)
    {
        var planner = new RoundPlanner(round, wishes);
        List<(int Host, int Guest, int Slot)> plan = round.Aim == MeetingRound.Types.Aim.Stable ? planner.Stable() : planner.BestTotal();
        return (
            [
                .. plan.OrderBy(meeting => meeting.Slot).ThenBy(meeting => meeting.Host)
                    .Select(meeting => new Meeting { Slot = meeting.Slot + 1, HostId = planner._hosts[meeting.Host], GuestId = planner._guests[meeting.Guest] }),
            ],
            planner.ReportOf(plan));
    }

    private List<(int Host, int Guest, int Slot)> Stable()
    {
        List<(int Host, int Guest)> pairs =
            [.. StablePairs.Of(_ofHosts, _ofGuests, _most).SelectMany((guests, host) => guests.Select(guest => (host, guest)))];
        int[] slots = SlotPlan.Of(pairs, _slots);
        return [.. pairs.Select((pair, at) => (pair.Host, pair.Guest, slots[at]))];
    }

    /// <summary>The best assignment for the first slot, then the best of what is left for the next, until there is nothing left to gain.</summary>
    private List<(int Host, int Guest, int Slot)> BestTotal()
    {
        double[,] value = new double[_hosts.Length, _guests.Length];
        for (int host = 0; host < _hosts.Length; host++)
        {
            foreach (int guest in _ofHosts[host])
            {
                if (Array.IndexOf(_ofGuests[guest], host) is >= 0 and var place) value[host, guest] = Worth(_ofHosts[host], Array.IndexOf(_ofHosts[host], guest)) + Worth(_ofGuests[guest], place);
            }
        }
        var plan = new List<(int Host, int Guest, int Slot)>();
        for (int slot = 0; slot < _slots; slot++)
        {
            (int Host, int Guest)[] best = [.. Best(value).Where(pair => value[pair.Host, pair.Guest] > 0)];
            if (best.Length == 0) break;
            foreach ((int host, int guest) in best)
            {
                plan.Add((host, guest, slot));
                value[host, guest] = 0;
                if (plan.Count(meeting => meeting.Host == host) == _most) Clear(value, host, ofHost: true);
                if (plan.Count(meeting => meeting.Guest == guest) == _most) Clear(value, guest, ofHost: false);
            }
        }
        return plan;
    }

    /// <summary>The pairs that are worth most together; each host and guest in one at most.</summary>
    internal static IEnumerable<(int Host, int Guest)> Best(double[,] value)
    {
        int hosts = value.GetLength(0);
        int guests = value.GetLength(1);
        bool turned = hosts > guests;
        double[,] cost = new double[Math.Min(hosts, guests), Math.Max(hosts, guests)];
        for (int host = 0; host < hosts; host++)
        {
            for (int guest = 0; guest < guests; guest++)
            {
                if (turned) cost[guest, host] = -value[host, guest];
                else cost[host, guest] = -value[host, guest];
            }
        }
        int[] columns = MinimumCostAssignment.Solve(cost);
        return columns.Select((column, row) => turned ? (column, row) : (row, column));
    }

    private static void Clear(double[,] value, int number, bool ofHost)
    {
        for (int other = 0; other < value.GetLength(ofHost ? 1 : 0); other++)
        {
            if (ofHost) value[number, other] = 0;
            else value[other, number] = 0;
        }
    }

    private PlanReport ReportOf(List<(int Host, int Guest, int Slot)> plan)
    {
        IReadOnlyCollection<int>[] guestsOf = [.. _hosts.Select((_, host) => (IReadOnlyCollection<int>)[.. plan.Where(meeting => meeting.Host == host).Select(meeting => meeting.Guest)])];
        int[] full = new int[_slots];
        foreach ((_, _, int slot) in plan) full[slot]++;
        return new PlanReport
        {
            BlockingPairs = StablePairs.Blocking(_ofHosts, _ofGuests, _most, guestsOf).Count(),
            FullestSlot = full.Max(),
            EmptiestSlot = full.Min(),
            Total = plan.Sum(meeting => Worth(_ofHosts[meeting.Host], Array.IndexOf(_ofHosts[meeting.Host], meeting.Guest))
                + Worth(_ofGuests[meeting.Guest], Array.IndexOf(_ofGuests[meeting.Guest], meeting.Host))),
            WithoutMeeting = _hosts.Length + _guests.Length
                - plan.Select(meeting => meeting.Host).Distinct().Count() - plan.Select(meeting => meeting.Guest).Distinct().Count(),
        };
    }

    private static double Worth(int[] wishes, int place) => (double)(wishes.Length - place) / wishes.Length;

    private static string[] Names(IEnumerable<RoundWishes> wishes, MeetingSide side) =>
        [.. wishes.Where(one => one.Side == side).Select(one => one.Organisation).Order(StringComparer.Ordinal)];

    private static int[] Numbers(IEnumerable<string> wishes, string[] others) =>
        [.. wishes.Select(wish => Array.BinarySearch(others, wish, StringComparer.Ordinal)).Where(number => number >= 0).Distinct()];
}
