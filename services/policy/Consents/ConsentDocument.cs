using Ecosystem.Policy.V1;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Consents;

/// <summary>A consent as it was recorded.</summary>
internal sealed class ConsentDocument
{
    public static readonly DocumentType<ConsentDocument> Type = new DocumentType<ConsentDocument>("consents", consent => consent.Id)
        .Index("holder", consent => consent.Consent.HolderId)
        .Index("group", consent => consent.Consent.Group)
        .Index("recorded", consent => consent.Consent.CreateTime);

    public required string Id { get; init; }

    public required Consent Consent { get; init; }
}
