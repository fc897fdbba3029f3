namespace Ecosystem.Charts.Tests.Rendering;

/// <summary>A folder that goes with the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-judged-");

    public string Path => _folder.FullName;

    public IReadOnlyList<string> Paths => [.. _folder.GetFiles().Select(file => file.FullName).Order(StringComparer.Ordinal)];

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(System.IO.Path.Combine(_folder.FullName, name), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
