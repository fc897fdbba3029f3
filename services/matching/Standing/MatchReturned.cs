using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Questions;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Standing;

/// <summary>
/// Marks all that an organisation offers or needs as waiting to be matched, once it can be proposed again: it came back, has room for more, or the
/// time has come from which it said to be there. The mark of the organisation goes last, so that a copy that ends on the way loses nothing.
/// </summary>
internal sealed class MatchReturned(IDocumentStore store, ParticipantBook participants, IIdSource ids, TimeProvider time)
{
    private const int Batch = 100;

    /// <exception cref="ConcurrencyException">Some of it was just changed; marking again goes on where it is.</exception>
    public async Task MarkAsync(CancellationToken ct)
    {
        foreach (string organisation in await BackAsync(ct))
        {
            await MarkAsync(DataAssetProfile.Type, profile => profile.Id, organisation, ct);
            await MarkAsync(CompetenceProfile.Type, profile => profile.Id, organisation, ct);
            await MarkAsync(SolutionProfile.Type, profile => profile.Id, organisation, ct);
            await using IDocumentSession session = store.OpenSession();
            if (await session.LoadAsync<ParticipantDocument>(organisation, ct) is not { } participant || !IsDue(participant)) continue;
            await MarkAsync(session, ItemKind.Need, DocumentQuery.For(NeedDocument.Type).Where("organisation", organisation).Where("state", Need.Types.State.Open), need => need.Id, ct);
            await MarkAsync(
                session, ItemKind.Question, DocumentQuery.For(QuestionDocument.Type).Where("organisation", organisation).Where("state", Question.Types.State.Proposed), question => question.Id, ct);
            participant.WaitsSince = null;
            session.Store(participant);
            await session.SaveChangesAsync(ct);
        }
    }

    private async Task<IReadOnlyList<string>> BackAsync(CancellationToken ct)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using IDocumentSession session = store.OpenSession();
        DocumentQuery<ParticipantDocument> back = DocumentQuery.For(ParticipantDocument.Type).WhereRange("waiting", 0L, before: now + 1).Page(Batch).WithoutTotal();
        IReadOnlyList<ParticipantDocument> documents = (await session.QueryAsync(back, ct)).Items;
        foreach (ParticipantDocument participant in documents) participants.Put(participant);
        return [.. documents.Select(participant => participant.Id)];
    }

    private bool IsDue(ParticipantDocument participant) => participant.WaitsSince <= time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task MarkAsync<T>(IDocumentSession session, ItemKind kind, DocumentQuery<T> query, Func<T, string> idOf, CancellationToken ct)
        where T : class
    {
        await using IDocumentSession reading = store.OpenSession();
        await foreach (T document in reading.StreamAsync(query, ct))
        {
            session.Store(new WaitingMark { Id = ids.Next(), Kind = kind, ItemId = idOf(document), Since = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }
    }

    private async Task MarkAsync<T>(DocumentType<T> type, Func<T, string> idOf, string organisation, CancellationToken ct)
        where T : class, IWaitsForMatching
    {
        var found = new List<string>();
        await using (IDocumentSession reading = store.OpenSession())
        {
            await foreach (T document in reading.StreamAsync(DocumentQuery.For(type).Where("organisation", organisation), ct))
            {
                if (document.WaitsSince is null) found.Add(idOf(document));
            }
        }
        foreach (string[] some in found.Chunk(Batch))
        {
            await using IDocumentSession session = store.OpenSession();
            foreach (string id in some)
            {
                if (await session.LoadAsync<T>(id, ct) is not { WaitsSince: null } document) continue;
                document.WaitsSince = time.GetUtcNow().ToUnixTimeMilliseconds();
                session.Store(document);
            }
            await session.SaveChangesAsync(ct);
        }
    }
}
