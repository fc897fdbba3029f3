using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Competences;

/// <summary>A competence as it is kept. Its etag is the store's and is filled in when the competence leaves.</summary>
internal sealed class CompetenceDocument
{
    public static readonly DocumentType<CompetenceDocument> Type = new DocumentType<CompetenceDocument>("competences", d => d.Id)
        .Index("registered", d => d.Id) // UUIDv7: the order of identifiers is the order of registration
        .Index("provider", d => d.Competence.Provider.Id)
        .Index("verified_until", d => d.Competence.Verification?.ExpireTime?.Seconds)
        .Index("changed", d => d.Competence.UpdateTime.Milliseconds());

    public required string Id { get; init; }

    public required Competence Competence { get; set; }

    /// <summary>Rises by one with every change; consumers of the events order by it.</summary>
    public long Version { get; set; }
}
