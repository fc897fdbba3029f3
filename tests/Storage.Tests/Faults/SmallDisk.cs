using System.Diagnostics;

namespace Ecosystem.Storage.Tests;

/// <summary>A file system of a few megabytes, and a file that takes half of it until it is removed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-full-");
    private readonly int _megabytes;

    private SmallDisk(int megabytes) => _megabytes = megabytes;

    public string Path => _folder.FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Skips the test where mounting is not allowed.</summary>
    public static SmallDisk Mount(int megabytes, string? owner = null)
    {
        var disk = new SmallDisk(megabytes);
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path))
        {
            disk._folder.Delete(recursive: true);
            Skip.If(condition: true, "needs the right to mount a small file system");
        }

        Directory.CreateDirectory(System.IO.Path.Combine(disk.Path, "tables"));
        if (owner is not null)
            Run("chown", "-R", owner, disk.Path);
        return disk;
    }

    public Task OccupyAsync() => File.WriteAllBytesAsync(Ballast, new byte[_megabytes * 1_000_000 / 2]);

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        _folder.Delete(recursive: true);
    }

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
