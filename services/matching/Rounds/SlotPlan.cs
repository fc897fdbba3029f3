namespace Ecosystem.Matching.Rounds;

/// <summary>
/// Puts meetings into slots so that nobody is in two at once and all slots are about equally full: an edge colouring of the bipartite graph of
/// meetings. As many slots suffice as the busiest has meetings (Kőnig, 1916); conflicts are resolved, and slots levelled, by swapping two slots
/// along an alternating path.
/// </summary>
internal sealed class SlotPlan
{
    private const int Nothing = -1;

    private readonly IReadOnlyList<(int Host, int Guest)> _meetings;
    private readonly int _hosts;
    private readonly int _slots;
    private readonly int[] _slotOf;
    private readonly int[,] _at; // the meeting of each person in each slot

    private SlotPlan(IReadOnlyList<(int Host, int Guest)> meetings, int slots)
    {
        (_meetings, _slots) = (meetings, slots);
        _hosts = meetings.Select(meeting => meeting.Host + 1).DefaultIfEmpty().Max();
        int people = _hosts + meetings.Select(meeting => meeting.Guest + 1).DefaultIfEmpty().Max();
        _slotOf = new int[meetings.Count];
        _at = new int[people, slots];
        for (int person = 0; person < people; person++)
        {
            for (int slot = 0; slot < slots; slot++) _at[person, slot] = Nothing;
        }
    }

    /// <param name="meetings">Who meets whom: host and guest.</param>
    /// <param name="slots">How many slots there are; at least as many as anybody has meetings.</param>
    /// <returns>The slot of each meeting, from 0; two slots differ by one meeting at most.</returns>
    public static int[] Of(IReadOnlyList<(int Host, int Guest)> meetings, int slots)
    {
        var plan = new SlotPlan(meetings, slots);
        for (int meeting = 0; meeting < meetings.Count; meeting++) plan.Place(meeting);
        plan.Level();
        return plan._slotOf;
    }

    private void Place(int meeting)
    {
        (int host, int guest) = PeopleOf(meeting);
        int freeAtHost = FreeSlot(host);

        // The path from the guest alternates between the two slots and cannot end at the host, which is free in the first.
        if (_at[guest, freeAtHost] != Nothing) Swap(PathFrom(guest, freeAtHost, FreeSlot(guest)), freeAtHost, FreeSlot(guest));
        Put(meeting, freeAtHost);
    }

    /// <summary>Of two slots, the fuller one has a path that begins and ends in it; swapping it moves one meeting.</summary>
    private void Level()
    {
        int[] full = new int[_slots];
        foreach (int slot in _slotOf) full[slot]++;
        while (_slotOf.Length > 0 && full.Max() - full.Min() > 1)
        {
            int fullest = Array.IndexOf(full, full.Max());
            int emptiest = Array.IndexOf(full, full.Min());
            List<int> path = Enumerable.Range(0, _at.GetLength(0))
                .Where(person => _at[person, fullest] != Nothing && _at[person, emptiest] == Nothing)
                .Select(person => PathFrom(person, fullest, emptiest)).First(path => path.Count % 2 == 1);
            Swap(path, fullest, emptiest);
            full[fullest]--;
            full[emptiest]++;
        }
    }

    private List<int> PathFrom(int person, int one, int other)
    {
        var path = new List<int>();
        for (int slot = one; _at[person, slot] is var meeting && meeting != Nothing; slot = slot == one ? other : one)
        {
            path.Add(meeting);
            (int host, int guest) = PeopleOf(meeting);
            person = person == host ? guest : host;
        }
        return path;
    }

    private void Swap(List<int> path, int one, int other)
    {
        foreach (int meeting in path)
        {
            (int host, int guest) = PeopleOf(meeting);
            _at[host, _slotOf[meeting]] = _at[guest, _slotOf[meeting]] = Nothing;
        }
        foreach (int meeting in path) Put(meeting, _slotOf[meeting] == one ? other : one);
    }

    private void Put(int meeting, int slot)
    {
        (int host, int guest) = PeopleOf(meeting);
        _slotOf[meeting] = slot;
        _at[host, slot] = _at[guest, slot] = meeting;
    }

    private (int Host, int Guest) PeopleOf(int meeting) => (_meetings[meeting].Host, _hosts + _meetings[meeting].Guest);

    private int FreeSlot(int person)
    {
        for (int slot = 0; slot < _slots; slot++)
        {
            if (_at[person, slot] == Nothing) return slot;
        }
        throw new ArgumentException($"Somebody has more meetings than the {_slots} slots.", nameof(person));
    }
}
