using System.Text.Json.Serialization;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>One side of a match.</summary>
internal sealed record MatchSide(ItemKind Kind, string Id, string Organisation)
{
    [JsonIgnore]
    public string Key => KeyOf(Kind, Id);

    public static string KeyOf(ItemKind kind, string id) => $"{kind}/{id}";
}

/// <summary>A match as it is kept, with the signals that spoke for it, from which the ranking learns.</summary>
internal sealed class MatchDocument
{
    public static readonly DocumentType<MatchDocument> Type = new DocumentType<MatchDocument>("matches", match => match.Id)
        .Index("found", match => match.Match.CreateTime)
        .Index("changed", match => match.Match.UpdateTime)
        .Index("state", match => match.Match.State)
        .IndexMany("item", match => [match.Asked.Key, match.Found.Key])
        .IndexMany("item_id", match => [match.Asked.Id, match.Found.Id])
        .IndexMany("organisation", match => [match.Asked.Organisation, match.Found.Organisation])
        .Unique("pair", match => match.PairOnce);

    public required string Id { get; init; }

    public required Match Match { get; set; }

    public required MatchSide Asked { get; init; }

    public required MatchSide Found { get; init; }

    public required PairSignals Signals { get; init; }

    /// <summary>Rises by one with every change; events carry it.</summary>
    public long Version { get; set; }

    /// <summary>The same for both directions.</summary>
    [JsonIgnore]
    public string Pair => PairOf(Asked.Key, Found.Key);

    /// <summary>A pair is matched once, unless the match was taken back: then it can be found again.</summary>
    [JsonIgnore]
    public string PairOnce => Match.State == State.Withdrawn ? $"{Pair}|{Id}" : Pair;

    [JsonIgnore]
    public IEnumerable<string> Organisations => [Asked.Organisation, Found.Organisation];

    [JsonIgnore]
    public bool IsLive => Match.State is State.Open or State.Accepted;

    /// <summary>The other side, as one organisation sees it.</summary>
    public string PartnerOf(string organisation) => organisation == Asked.Organisation ? Found.Organisation : Asked.Organisation;

    public static string PairOf(string one, string other) => string.CompareOrdinal(one, other) < 0 ? $"{one}|{other}" : $"{other}|{one}";
}
