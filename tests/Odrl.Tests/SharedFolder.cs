namespace Ecosystem.Odrl.Tests;

/// <summary>The folder with the standards' test material, which lies beside the repository and is not part of it.</summary>
internal static class SharedFolder
{
    public const string Absent = "The standards' test material (../shared/standards) is not beside this repository.";

    public static string? Standards { get; } = Find();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Standards!, .. path]));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "standards");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
