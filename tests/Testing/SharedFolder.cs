using Xunit;

namespace Ecosystem.Testing;

/// <summary>
/// Third-party test material in a folder <c>shared</c> beside the repository. A test that needs it is skipped, with the
/// reason, where it is absent.
/// </summary>
public static class SharedFolder
{
    /// <summary>The full path of something in the folder; skips the calling <c>[SkippableFact]</c> when it is not there.</summary>
    public static string Path(string relative)
    {
        var path = Find(relative);
        Skip.If(path is null, $"shared/{relative} is not beside the repository");
        return path!;
    }

    /// <summary>The full path of something in the folder, or null when it is not there.</summary>
    public static string? Find(string relative)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Repository.Root)!, "shared", relative);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }
}

/// <summary>The working copy the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Ecosystem.sln</c>.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Ecosystem.sln"))
            ? folder.TrimEnd(System.IO.Path.DirectorySeparatorChar)
            : FindRoot(System.IO.Path.GetDirectoryName(folder.TrimEnd(System.IO.Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
