using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Needs;

/// <summary>A need as it is kept. Its etag is the store's and is filled in when it leaves.</summary>
internal sealed class NeedDocument
{
    public static readonly DocumentType<NeedDocument> Type = new DocumentType<NeedDocument>("needs", need => need.Id)
        .Index("stated", need => need.Need.CreateTime)
        .Index("kept_at", need => need.KeptAt)
        .Index("organisation", need => need.Need.Organisation.Id)
        .Index("state", need => need.Need.State);

    public required string Id { get; init; }

    public required Need Need { get; set; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }

    /// <summary>When it was last saved, in Unix milliseconds.</summary>
    public long KeptAt { get; set; }
}
