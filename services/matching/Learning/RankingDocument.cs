using System.Globalization;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Learning;

/// <summary>A version of the ranking; none is ever changed or deleted.</summary>
internal sealed class RankingDocument
{
    public static readonly DocumentType<RankingDocument> Type = new DocumentType<RankingDocument>("rankings", ranking => ranking.Id)
        .Index("number", ranking => ranking.Version);

    public required string Id { get; init; }

    public required long Version { get; init; }

    public required SignalWeights Weights { get; init; }

    /// <summary>Versions of earlier releases have none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Versions of earlier releases have none.</summary>
    public Acceptance? Acceptance { get; init; }

    public required RankingVersion Ranking { get; init; }

    public Ranking AsRanking() => new(Version, Weights, Acceptance ?? Acceptance.Untuned, Calibration ?? Calibration.Untuned);

    public static string IdOf(long version) => version.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which version is in use, and which was made last.</summary>
internal sealed class RankingHead
{
    public const string Only = "head";

    public static readonly DocumentType<RankingHead> Type = new("ranking_heads", head => head.Id);

    public required string Id { get; init; }

    public long Active { get; set; }

    public long Last { get; set; }

    /// <summary>When it was last tried to learn, in Unix milliseconds; 0 for never.</summary>
    public long LearntAt { get; set; }

    /// <summary>Somebody put this version in use; the schedule leaves it until somebody asks to learn.</summary>
    public bool IsHeld { get; set; }
}
