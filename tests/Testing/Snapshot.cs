using System.Runtime.CompilerServices;
using Xunit;

namespace Ecosystem.Testing;

/// <summary>
/// Compares something generated with the copy kept beside the test. Set <c>UPDATE_SNAPSHOTS=1</c> to write the copy anew,
/// then read the difference in version control.
/// </summary>
public static class Snapshot
{
    /// <summary>Asserts that <paramref name="actual"/> is the text in <c>snapshots/{name}</c> beside the calling test file.</summary>
    public static void Match(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(testFile)!, "snapshots", name);
        var normal = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, normal);
            return;
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}. Write it with UPDATE_SNAPSHOTS=1.");
        Assert.Equal(File.ReadAllText(path), normal);
    }
}
