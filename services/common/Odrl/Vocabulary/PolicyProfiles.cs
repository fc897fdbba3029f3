using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>The ODRL profiles whose terms are understood here. A policy of another profile can be read and shown, but nothing is decided by it.</summary>
public static class PolicyProfiles
{
    /// <summary>The profiles' identifiers: the core of ODRL, the Dataspace Protocol's profile, and the language of International Data Spaces.</summary>
    public static FrozenSet<string> Known { get; } = new[]
    {
        "http://www.w3.org/ns/odrl/2/", "http://www.w3.org/ns/odrl/2/core", "https://w3id.org/dspace/2025/1/odrl-profile.jsonld", "https://w3id.org/idsa/core/",
    }.ToFrozenSet(StringComparer.Ordinal);
}
