using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>The command in tools/stamp-image: the same files give the same image, whenever and in whatever order they were packed.</summary>
public sealed class ImageStampTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly (string Name, string? Content)[] Service = [("app", null), ("app/bom.json", "{}"), ("app/Ecosystem.Catalog.dll", "a program"), ("app/wwwroot", null), ("app/wwwroot/start.html", "hello")];

    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    [SkippableFact]
    public async Task The_same_files_packed_at_another_time_and_in_another_order_give_the_same_image()
    {
        var (one, other) = (ImageArchive.Packed(Monday, Service), ImageArchive.Packed(Monday.AddDays(1).AddSeconds(1.5), Service.Reverse()));
        Assert.NotEqual(one, other);

        var ((_, said, first), (_, saidAgain, second)) = (await StampAsync(one), await StampAsync(other));

        Assert.Equal(said, saidAgain);
        Assert.Equal(first, second);
        Assert.Equal(first, (await StampAsync(first)).Archive);
    }

    [SkippableFact]
    public async Task Other_files_give_another_image() => Assert.NotEqual(
        (await StampAsync(ImageArchive.Packed(Monday, Service))).Said, (await StampAsync(ImageArchive.Packed(Monday, [.. Service, ("app/more", "more")]))).Said);

    [SkippableFact]
    public async Task An_image_keeps_its_base_and_its_files_and_says_of_each_part_what_it_is()
    {
        var before = ImageArchive.Of(ImageArchive.Packed(Monday, Service));
        var (_, said, bytes) = await StampAsync(ImageArchive.Packed(Monday, Service), "--time", "1767225600");
        var after = ImageArchive.Of(bytes);

        Assert.StartsWith("sha256:", said, StringComparison.Ordinal);
        Assert.Equal(before.Names.Count(), after.Names.Count());
        foreach (var (number, processor) in ImageArchive.Processors.Index())
        {
            var (packed, stamped) = (before.Read(before.Index["manifests"]![number]!), after.Read(after.Index["manifests"]![number]!));
            var (basis, service, config) = (stamped["layers"]![0]!, stamped["layers"]![1]!, after.Read(stamped["config"]!));
            Assert.Equal(packed["layers"]![0]!["digest"]!.GetValue<string>(), basis["digest"]!.GetValue<string>());
            Assert.Equal(["sha256:of-the-base", ImageArchive.DigestOf(after.Layer(service))], config["rootfs"]!["diff_ids"]!.AsArray().Select(id => id!.GetValue<string>()));
            Assert.Equal((processor, "2026-01-01T00:00:00Z"), (config["architecture"]!.GetValue<string>(), config["created"]!.GetValue<string>()));

            var entries = ImageArchive.EntriesOf(after.Layer(service));
            Assert.All(entries, entry => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767225600), entry.ModificationTime));
            Assert.Equal(
                ImageArchive.EntriesOf(before.Layer(packed["layers"]![1]!)).ToDictionary(entry => entry.Name.TrimEnd('/'), entry => (entry.Mode, Text(entry))),
                entries.ToDictionary(entry => entry.Name.TrimEnd('/'), entry => (entry.Mode, Text(entry))));
            Assert.DoesNotContain("PaxHeaders", Encoding.Latin1.GetString(after.Layer(service)), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task What_is_no_archive_of_the_SDK_is_refused_and_left_as_it_is()
    {
        var (code, said, left) = await StampAsync("no tar file"u8.ToArray());

        Assert.Equal((1, "no tar file"), (code, Encoding.UTF8.GetString(left)));
        Assert.Contains("is not a tar file", said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(System.Formats.Tar.TarEntry entry) => Encoding.UTF8.GetString(ImageArchive.Content(entry));

    private async Task<(int ExitCode, string Said, byte[] Archive)> StampAsync(byte[] archive, params string[] options)
    {
        var file = Path.Combine(_folder, "image.tar");
        await File.WriteAllBytesAsync(file, archive);
        try
        {
            var start = new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tools", "stamp-image", "stamp_image.py"), file, .. options])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment.Remove("SOURCE_DATE_EPOCH");
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, (await output + errors).Trim(), await File.ReadAllBytesAsync(file));
        }
        catch (Win32Exception)
        {
            Skip.If(true, "Python 3 is not installed");
            throw;
        }
    }
}
