namespace Ecosystem.Catalog.Paths;

/// <summary>How paths to data are tried (section <c>Catalog:Probe</c>).</summary>
internal sealed class ProbeOptions
{
    public const string Section = "Catalog:Probe";

    /// <summary>Whether paths are tried at all. Off on developers' machines unless it is switched on.</summary>
    public bool? Enabled { get; init; }

    /// <summary>How often a path is tried.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many paths are tried at the same time.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>Whether addresses of private networks and of this machine may be tried: only where every holder is trusted with that.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
