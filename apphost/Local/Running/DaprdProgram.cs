namespace Ecosystem.AppHost.Local.Running;

/// <summary>The real Dapr sidecar, where it is installed.</summary>
internal static class DaprdProgram
{
    /// <summary>The first <c>daprd</c> on PATH; null when there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "daprd.exe" : "daprd"))
        .FirstOrDefault(File.Exists);
}
