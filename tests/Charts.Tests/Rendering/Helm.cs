using System.Diagnostics;
using System.IO.Compression;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests.Rendering;

/// <summary>
/// Helm 4.1 and kubectl 1.34 out of an npm package, and a copy of the charts with their dependencies beside it. A test that needs
/// them is skipped where the package cannot be had.
/// </summary>
internal static class Helm
{
    private static readonly Lazy<Task<DirectoryInfo>> Home = new(PrepareAsync);

    /// <summary>The scratch folder: <c>charts/</c> as in the repository, dependencies built.</summary>
    public static async Task<string> FolderAsync() => (await Home.Value).FullName;

    /// <summary>Runs helm in the scratch folder.</summary>
    public static async Task<Ending> RunAsync(params IReadOnlyList<string> arguments) => await StartAsync(await Home.Value, "helm", arguments);

    /// <summary>Runs kubectl in the scratch folder; there is no cluster.</summary>
    public static async Task<Ending> KubectlAsync(params IReadOnlyList<string> arguments) => await StartAsync(await Home.Value, "kubectl", arguments);

    private static async Task<DirectoryInfo> PrepareAsync()
    {
        var layer = (await Judge.RunAsync("layer.mjs")).Output.Trim();
        var home = Directory.CreateTempSubdirectory("ecosystem-charts-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => home.Delete(recursive: true);
        await using (var archive = await ZipFile.OpenReadAsync(layer))
        {
            foreach (var program in new[] { "helm", "kubectl" })
            {
                var path = Path.Combine(home.FullName, program);
                await archive.GetEntry($"{program}/{program}")!.ExtractToFileAsync(path);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        foreach (var folder in new[] { "charts", "tests/conformance/example" })
            Copy(new DirectoryInfo(Path.Combine(Repository.Root, folder)), Path.Combine(home.FullName, folder));
        var built = await StartAsync(home, "helm", ["dependency", "build", "charts/ecosystem"]);
        Assert.True(built.ExitCode == 0, built.Errors);
        return home;
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.GetFiles())
            file.CopyTo(Path.Combine(target, file.Name));
        foreach (var folder in source.GetDirectories())
        {
            if (!(folder.Name == "charts" && File.Exists(Path.Combine(source.FullName, "Chart.yaml")))) // built anew below
                Copy(folder, Path.Combine(target, folder.Name));
        }
    }

    private static async Task<Ending> StartAsync(DirectoryInfo home, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(home.FullName, program), arguments)
        {
            WorkingDirectory = home.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var place in new[] { "HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME", "HOME" })
            start.Environment[place] = Path.Combine(home.FullName, ".helm");
        start.Environment.Remove("KUBECONFIG");

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ending(process.ExitCode, await output, await errors);
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record Ending(int ExitCode, string Output, string Errors);
