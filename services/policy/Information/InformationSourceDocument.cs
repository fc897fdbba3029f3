using Ecosystem.Policy.V1;
using Ecosystem.Storage;

namespace Ecosystem.Policy.Information;

/// <summary>A registered source, with the key that it is asked with.</summary>
internal sealed class InformationSourceDocument
{
    public static readonly DocumentType<InformationSourceDocument> Type = new DocumentType<InformationSourceDocument>("information_sources", source => source.Id)
        .Index("holder", source => source.Source.HolderId)
        .Index("registered", source => source.Source.CreateTime);

    public required string Id { get; init; }

    public required InformationSource Source { get; init; }
}
