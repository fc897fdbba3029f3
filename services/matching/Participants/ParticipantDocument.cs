using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Participants;

/// <summary>How an organisation takes part in matching; there is one as soon as it changed anything or accepted a match.</summary>
internal sealed class ParticipantDocument : IWaitsForMatching
{
    public static readonly DocumentType<ParticipantDocument> Type = new DocumentType<ParticipantDocument>("participants", participant => participant.Id)
        .Index("kept_at", participant => participant.KeptAt)
        .Index("waiting", participant => participant.WaitsSince);

    /// <summary>The organisation's id.</summary>
    public required string Id { get; init; }

    public required MatchingSettings Settings { get; set; }

    public long Version { get; set; }

    /// <summary>When it was last saved, in Unix milliseconds.</summary>
    public long KeptAt { get; set; }

    /// <summary>Set when it can be proposed again: then all that it offers or needs is matched. It may be a moment to come.</summary>
    public long? WaitsSince { get; set; }
}
