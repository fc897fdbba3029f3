using Ecosystem.Matching.Profiles;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Standing;

/// <summary>
/// A need or a question waits to be matched. The mark is a document of its own, because matching must not change the etag that people hold, nor
/// be in the way of what they write.
/// </summary>
internal sealed class WaitingMark
{
    public static readonly DocumentType<WaitingMark> Type = new("waiting_marks", mark => mark.Id);

    /// <summary>Grows with time.</summary>
    public required string Id { get; init; }

    public required ItemKind Kind { get; init; }

    public required string ItemId { get; init; }

    /// <summary>Since when, in Unix milliseconds.</summary>
    public long Since { get; init; }
}
