using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Following;

internal static class ChangeTimes
{
    /// <summary>Unix milliseconds, as the indexes named "changed" hold them.</summary>
    public static long? Milliseconds(this Timestamp? time) => time?.ToDateTimeOffset().ToUnixTimeMilliseconds();
}
