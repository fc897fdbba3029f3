using System.Runtime.CompilerServices;

namespace Ecosystem.Bench;

/// <summary><c>tests/interop/run</c>, which installs and starts the peers and the load generator.</summary>
internal static class InteropScript
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", "interop", "run"));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
