using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Digests;

/// <summary>What changed for an organisation in a period: what waits for its answer, the best first, what was agreed, what ended.</summary>
internal static class DigestContent
{
    public static async Task<Digest> OfAsync(
        IDocumentSession session, string organisation, DateTimeOffset since, DateTimeOffset until, int most, CancellationToken ct)
    {
        DocumentQuery<MatchDocument> mine = DocumentQuery.For(MatchDocument.Type).Where("organisation", organisation)
            .WhereRange("changed", since, until).OrderByDescending("changed").WithoutTotal();
        IReadOnlyList<MatchDocument> open = (await session.QueryAsync(mine.Where("state", State.Open).Page(DocumentQuery<MatchDocument>.MaximumPageSize), ct)).Items;
        IReadOnlyList<MatchDocument> accepted = (await session.QueryAsync(mine.Where("state", State.Accepted).Page(most), ct)).Items;
        IReadOnlyList<MatchDocument> ended = (await session.QueryAsync(mine.WhereAny("state", [State.Declined, State.Withdrawn]).Page(most), ct)).Items;
        return new Digest
        {
            OrganisationId = organisation,
            Waiting =
            {
                open.Where(match => !match.Match.Answers.Any(answer => answer.OrganisationId == organisation))
                    .OrderByDescending(match => match.Match.Proposal.Score).ThenBy(match => match.Id, StringComparer.Ordinal)
                    .Take(most).Select(match => MatchRegister.Present(session, match)),
            },
            Accepted = { accepted.Select(match => MatchRegister.Present(session, match)) },
            Ended = { ended.Select(match => MatchRegister.Present(session, match)) },
            Since = since.ToTimestamp(),
            Until = until.ToTimestamp(),
        };
    }

    public static bool IsEmpty(Digest digest) => digest.Waiting.Count + digest.Accepted.Count + digest.Ended.Count == 0;
}
