using System.Security.Cryptography;
using System.Text;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Harvest;

/// <summary>A source as it is kept.</summary>
internal sealed class HarvestSourceDocument
{
    public static readonly DocumentType<HarvestSourceDocument> Type = new DocumentType<HarvestSourceDocument>("harvest_sources", d => d.Id)
        .Index("registered", d => d.Id)
        .Index("next_run", d => d.NextRun);

    public required string Id { get; init; }

    public required HarvestSource Source { get; set; }

    /// <summary>When the next run is due, in Unix seconds; never while paused.</summary>
    public long NextRun { get; set; }

    /// <summary>The pages of the last complete run: when none has changed, nothing need be read.</summary>
    public IReadOnlyList<KnownPage> Pages { get; set; } = [];
}

/// <summary>A page that was read.</summary>
/// <param name="Url">Where.</param>
/// <param name="Etag">Its validator; null when the source gives none.</param>
internal sealed record KnownPage(string Url, string? Etag);

/// <summary>The report of a run.</summary>
internal sealed class HarvestRunDocument
{
    public static readonly DocumentType<HarvestRunDocument> Type = new DocumentType<HarvestRunDocument>("harvest_runs", d => d.Id)
        .Index("started", d => d.Id)
        .Index("source", d => d.Run.SourceId);

    public required string Id { get; init; }

    public required HarvestRun Run { get; set; }
}

/// <summary>A data set that came from a source and belongs to it.</summary>
internal sealed class HarvestedRecordDocument
{
    public static readonly DocumentType<HarvestedRecordDocument> Type = new DocumentType<HarvestedRecordDocument>("harvested_records", d => d.AssetId)
        .Index("source", d => d.SourceId);

    public required string AssetId { get; init; }

    public required string SourceId { get; init; }

    /// <summary>Its name at the source, shortened to a digest.</summary>
    public required string Record { get; init; }

    /// <summary>How many complete runs in a row did not find it.</summary>
    public int Misses { get; set; }

    public static string NameOf(string record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record)));
}
