using System.Diagnostics;

namespace Ecosystem.Storage.Tests;

/// <summary>On a real file system of two megabytes, where mounting one is allowed.</summary>
public sealed class SqliteFullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-full-");
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _folder.FullName);
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task A_full_disk_refuses_writes_serves_reads_and_recovers_without_repair()
    {
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _folder.FullName);
        Skip.IfNot(_mounted, "needs the right to mount a small file system");
        var ballast = Path.Combine(_folder.FullName, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1_000_000]);
        await using var store = SqlitePlace.Open(Path.Combine(_folder.FullName, "documents.db"), Clinic.Type);
        await store.Engine.OpenAsync(default);

        var (stored, refusal) = (0, (StoreUnavailableException?)null);
        while (refusal is null)
        {
            try
            {
                await store.SaveAsync(Large(stored));
                stored++;
            }
            catch (StoreUnavailableException full)
            {
                refusal = full;
            }
        }

        Assert.Contains("Nothing was written", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(stored, (await store.QueryAsync(DocumentQuery.For(Clinic.Type))).TotalSize);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.SaveAsync(Large(stored)));

        File.Delete(ballast);
        await store.SaveAsync(Large(stored));
        Assert.Equal(stored + 1, (await store.QueryAsync(DocumentQuery.For(Clinic.Type))).TotalSize);
    }

    private static Clinic Large(int number) => new() { Id = $"c{number:00000}", City = new string('x', 20_000) };

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program here
        }
    }
}
