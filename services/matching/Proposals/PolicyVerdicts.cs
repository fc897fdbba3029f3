using System.Collections.Concurrent;
using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;

namespace Ecosystem.Matching.Proposals;

/// <summary>What terms say of purposes. The same terms are asked about again and again, and reading them costs far more than remembering.</summary>
internal sealed class PolicyVerdicts
{
    /// <summary>Bounds the memory; past it everything is forgotten and read anew.</summary>
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<(string Policy, string Purpose), PolicyVerdict> _kept = new();

    /// <summary>Whether the terms allow all purposes, or any of them; the verdict that decides.</summary>
    public PolicyVerdict Of(DataAsset asset, IReadOnlyList<string> purposes, bool all)
    {
        if (purposes.Count == 0) return PolicyCheck.NoPurpose;
        IEnumerable<PolicyVerdict> verdicts = purposes.Select(purpose => Of(asset, purpose));
        return (all ? verdicts.MaxBy(Badness) : verdicts.MinBy(Badness))!;
    }

    private PolicyVerdict Of(DataAsset asset, string purpose)
    {
        if (_kept.Count > MostKept) _kept.Clear();
        return _kept.GetOrAdd((asset.Offer?.PolicyJson ?? "", purpose), static (key, asset) => PolicyCheck.Compare(asset, key.Purpose), asset);
    }

    private static int Badness(PolicyVerdict verdict) => verdict.Kind switch { Kind.Compatible => 0, Kind.Unknown => 1, _ => 2 };
}
