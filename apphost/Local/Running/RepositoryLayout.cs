using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Aspire.Hosting;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Where things are in a clone, found from where this assembly lies; nothing is baked in at build time.</summary>
internal static class RepositoryLayout
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string AppHostDirectory { get; } = Path.Combine(Root, "apphost");

    /// <summary>This program as built in its own folder, whoever references it.</summary>
    public static string AppHostAssembly { get; } = BuiltAssembly(Path.Combine(AppHostDirectory, "AppHost.csproj"));

    /// <summary>The <c>dotnet</c> program of the runtime that runs this code.</summary>
    public static string DotnetProgram { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The built assembly of a project, in the configuration and for the framework of this one.</summary>
    public static string BuiltAssembly(string projectPath)
    {
        var self = typeof(RepositoryLayout).Assembly;
        var configuration = self.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var framework = new FrameworkName(self.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
        var assembly = $"Ecosystem.{Path.GetFileNameWithoutExtension(projectPath)}.dll";
        return Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", configuration, $"net{framework.Version.ToString(2)}", assembly);
    }

    private static string FindRoot(string from)
    {
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Ecosystem.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DistributedApplicationException($"No Ecosystem.sln above '{from}': the apphost runs inside a clone of the repository.");
    }
}
