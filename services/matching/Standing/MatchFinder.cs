using Ecosystem.Common.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>
/// Matches items that are new, changed or gone: judges again what was found for them, and finds what is new. What the terms forbid is never
/// matched, and taken back when terms change.
/// </summary>
internal sealed class MatchFinder(
    ProfileIndex profiles, ProposalEngine engine, ParticipantBook participants, MatchRegister register, IIdSource ids, TimeProvider time)
{
    /// <summary>Found for one item among the items of one kind.</summary>
    private const int Most = 5;

    /// <summary>What fits less is proposed to those who ask, not announced to those who did not.</summary>
    private const double LeastFit = 0.3;

    private static readonly Dictionary<ItemKind, ItemKind[]> Partners = new()
    {
        [ItemKind.DataAsset] = [ItemKind.Competence, ItemKind.Need, ItemKind.Question],
        [ItemKind.Competence] = [ItemKind.DataAsset, ItemKind.Need, ItemKind.Question],
        [ItemKind.Solution] = [ItemKind.Need],
        [ItemKind.Need] = [ItemKind.Competence, ItemKind.DataAsset, ItemKind.Solution],
        [ItemKind.Question] = [ItemKind.DataAsset, ItemKind.Competence],
    };

    /// <summary>Writes into the session what the items bring about; the caller saves, and puts into the book of participants those who have one less to see to.</summary>
    public async Task<IReadOnlyList<ParticipantDocument>> MatchAsync(IDocumentSession session, IReadOnlyCollection<(ItemKind Kind, string Id)> items, CancellationToken ct)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var live = new List<string>();
        DocumentQuery<MatchDocument> ofItems = DocumentQuery.For(MatchDocument.Type).WhereAny("item", items.Select(item => MatchSide.KeyOf(item.Kind, item.Id)));
        await foreach (MatchDocument match in session.StreamAsync(ofItems, ct))
        {
            if (match.Match.State != State.Withdrawn) known.Add(match.Pair);
            if (match.IsLive) live.Add(match.Id);
        }
        var free = new List<ParticipantDocument>();
        foreach (string id in live)
        {
            if (await session.LoadAsync<MatchDocument>(id, ct) is { IsLive: true } match) free.AddRange(await JudgeAgainAsync(session, match, ct));
        }
        foreach ((ItemKind kind, string id) in items)
        {
            if (profiles.Find(kind, id) is { } item && participants.IsAvailable(item.Organisation.Id)) Find(session, item, known);
        }
        return free;
    }

    private void Find(IDocumentSession session, Item item, HashSet<string> known)
    {
        foreach (ItemKind wanted in Partners[item.Kind])
        {
            foreach (FoundPartner found in engine.Find(item, wanted, purpose: null, Most))
            {
                if (found.Fit < LeastFit || found.Proposal.Policy is { Kind: PolicyVerdict.Types.Kind.Conflict }) continue;
                var match = new MatchDocument
                {
                    Id = ids.Next(), Asked = SideOf(item), Found = SideOf(found.Partner), Signals = found.Signals, Match = new Match { Proposal = found.Proposal },
                };
                if (!known.Add(match.Pair)) continue;
                (match.Match.Id, match.Match.State) = (match.Id, State.Open);
                (match.Match.CreateTime, match.Match.RankingVersion) = (time.GetUtcNow().ToTimestamp(), engine.Ranking.Version);
                register.Change(session, match);
            }
        }
    }

    private async Task<IReadOnlyList<ParticipantDocument>> JudgeAgainAsync(IDocumentSession session, MatchDocument match, CancellationToken ct)
    {
        if (profiles.Find(match.Asked.Kind, match.Asked.Id) is not { } asked || profiles.Find(match.Found.Kind, match.Found.Id) is not { } found)
        {
            return await register.WithdrawAsync(session, match, Labels.Text("Eine der beiden Seiten wird nicht mehr angeboten oder gesucht.", "One of the two is no longer offered or looked for."), ct);
        }
        if (!HardConstraints.Allow(asked, found, time.GetUtcNow()))
        {
            return await register.WithdrawAsync(session, match, Labels.Text(
                "Gebiet, Sprache oder Zeitraum der beiden passen nicht mehr zusammen.", "Area, language or period of the two no longer go together."), ct);
        }
        PolicyVerdict? policy = engine.VerdictOf(asked, found, purpose: null);
        if (policy is { Kind: PolicyVerdict.Types.Kind.Conflict })
        {
            LocalizedText reason = policy.Sentence.Clone();
            reason.Values["de"] = $"Die Nutzungsbedingungen haben sich geändert. {reason.Values["de"]}";
            reason.Values["en"] = $"The terms of use have changed. {reason.Values["en"]}";
            return await register.WithdrawAsync(session, match, reason, ct);
        }
        if (Equals(policy, match.Match.Proposal.Policy)) return [];
        match.Match.Proposal.Policy = policy?.Clone();
        register.Change(session, match);
        return [];
    }

    private static MatchSide SideOf(Item item) => new(item.Kind, item.Id, item.Organisation.Id);
}
