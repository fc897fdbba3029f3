using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Digests;

/// <summary>The digest of one organisation for one period; its id says both, so that there is only one.</summary>
internal sealed class DigestDocument
{
    public static readonly DocumentType<DigestDocument> Type = new DocumentType<DigestDocument>("digests", digest => digest.Id)
        .Index("organisation", digest => digest.Digest.OrganisationId)
        .Index("until", digest => digest.Digest.Until);

    public required string Id { get; init; }

    public required Digest Digest { get; init; }
}

/// <summary>Up to when digests of a rhythm were compiled.</summary>
internal sealed class DigestCalendar
{
    public static readonly DocumentType<DigestCalendar> Type = new("digest_calendars", calendar => calendar.Id);

    /// <summary>The rhythm.</summary>
    public required string Id { get; init; }

    public DateTimeOffset DoneUntil { get; set; }
}
