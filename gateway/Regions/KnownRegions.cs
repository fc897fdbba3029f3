using Ecosystem.Gateway.Configuration;
using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Regions;

/// <summary>The region behind this door, and the doors of those it knows besides (section <c>Gateway:Regions</c>).</summary>
internal sealed class KnownRegions(IConfiguration configuration, IOptionsMonitor<GatewayOptions> options)
{
    public string Own { get; } = configuration["REGION"] is { Length: > 0 } region ? region : "ruhr";

    /// <summary>All but its own, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, RegionDoor>> Others =>
        [.. options.CurrentValue.Regions.Where(region => !IsOwn(region.Key)).OrderBy(region => region.Key, StringComparer.Ordinal)];

    public bool IsOwn(string region) => string.Equals(region, Own, StringComparison.OrdinalIgnoreCase);

    public RegionDoor? Find(string region) =>
        Others.FirstOrDefault(other => string.Equals(other.Key, region, StringComparison.OrdinalIgnoreCase)).Value;
}
