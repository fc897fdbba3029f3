using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Rounds;

/// <summary>A round as it is kept; its wishes are documents of their own, so that a thousand organisations can join at once.</summary>
internal sealed class RoundDocument
{
    public static readonly DocumentType<RoundDocument> Type = new("meeting_rounds", round => round.Id);

    public required string Id { get; init; }

    public required MeetingRound Round { get; set; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }
}

/// <summary>What one organisation wishes in one round.</summary>
internal sealed class WishesDocument
{
    public static readonly DocumentType<WishesDocument> Type = new DocumentType<WishesDocument>("meeting_wishes", wishes => wishes.Id)
        .Index("round", wishes => wishes.RoundId);

    public required string Id { get; init; }

    public required string RoundId { get; init; }

    public required RoundWishes Wishes { get; set; }

    public static string IdOf(string round, string organisation) => $"{round}/{organisation}";
}
