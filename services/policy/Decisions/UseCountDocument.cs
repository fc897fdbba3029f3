using Ecosystem.Storage;

namespace Ecosystem.Policy.Decisions;

/// <summary>How often data were used under an agreement. Apart from the agreement, so that using data does not change its etag.</summary>
internal sealed class UseCountDocument
{
    public static readonly DocumentType<UseCountDocument> Type = new("use_counts", count => count.AgreementId);

    public required string AgreementId { get; init; }

    public long Uses { get; set; }
}
