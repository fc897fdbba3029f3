namespace Ecosystem.Matching.Rounds;

/// <summary>
/// Who meets whom, so that no two would both rather meet each other than whom they were given: deferred acceptance (Gale and Shapley, 1962) with
/// several meetings for each. Preferences are strict; who is not on a list is not acceptable.
/// </summary>
internal static class StablePairs
{
    /// <param name="hosts">Of each host the guests it wants to meet, best first.</param>
    /// <param name="guests">Of each guest the hosts it wants to meet, best first.</param>
    /// <param name="meetings">How many meetings each can have at most.</param>
    /// <returns>The guests of each host.</returns>
    public static IReadOnlyList<IReadOnlyCollection<int>> Of(IReadOnlyList<IReadOnlyList<int>> hosts, IReadOnlyList<IReadOnlyList<int>> guests, int meetings)
    {
        Dictionary<int, int>[] rankAtHost = [.. hosts.Select(Ranks)];
        var held = hosts.Select(_ => new SortedSet<(int Rank, int Guest)>()).ToList();
        int[] asked = new int[guests.Count];
        int[] meets = new int[guests.Count];
        var free = new Queue<int>(Enumerable.Range(0, guests.Count));
        while (free.TryDequeue(out int guest))
        {
            while (meets[guest] < meetings && asked[guest] < guests[guest].Count)
            {
                int host = guests[guest][asked[guest]++];
                if (!rankAtHost[host].TryGetValue(guest, out int rank)) continue;
                held[host].Add((rank, guest));
                meets[guest]++;
                if (held[host].Count <= meetings) continue;
                (int Rank, int Guest) last = held[host].Max;
                held[host].Remove(last);
                meets[last.Guest]--;
                if (last.Guest != guest) free.Enqueue(last.Guest);
            }
        }
        return [.. held.Select(pairs => (IReadOnlyCollection<int>)[.. pairs.Select(pair => pair.Guest)])];
    }

    /// <summary>Two who list each other, do not meet, and would both give up somebody or a free place for it. A stable result has none.</summary>
    public static IEnumerable<(int Host, int Guest)> Blocking(
        IReadOnlyList<IReadOnlyList<int>> hosts, IReadOnlyList<IReadOnlyList<int>> guests, int meetings, IReadOnlyList<IReadOnlyCollection<int>> pairs)
    {
        Dictionary<int, int>[] rankAtHost = [.. hosts.Select(Ranks)];
        Dictionary<int, int>[] rankAtGuest = [.. guests.Select(Ranks)];
        var ofGuest = guests.Select(_ => new List<int>()).ToList();
        for (int host = 0; host < pairs.Count; host++)
        {
            foreach (int guest in pairs[host]) ofGuest[guest].Add(host);
        }
        for (int host = 0; host < hosts.Count; host++)
        {
            HashSet<int> met = [.. pairs[host]];
            foreach (int guest in hosts[host])
            {
                if (met.Contains(guest) || !rankAtGuest[guest].TryGetValue(host, out int rankOfHost)) continue;
                bool hostWants = met.Count < meetings || met.Any(other => rankAtHost[host][other] > rankAtHost[host][guest]);
                bool guestWants = ofGuest[guest].Count < meetings || ofGuest[guest].Exists(other => rankAtGuest[guest][other] > rankOfHost);
                if (hostWants && guestWants) yield return (host, guest);
            }
        }
    }

    private static Dictionary<int, int> Ranks(IReadOnlyList<int> wishes) =>
        wishes.Select((other, rank) => (other, rank)).DistinctBy(wish => wish.other).ToDictionary(wish => wish.other, wish => wish.rank);
}
