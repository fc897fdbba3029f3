using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;

namespace Ecosystem.Testing;

/// <summary>
/// A program of another ecosystem: a folder with package.json and what its scripts need. Its packages are installed once into a scratch folder
/// outside the repository; where Node.js or the packages cannot be had, the calling test is skipped with the reason.
/// </summary>
/// <param name="folder">The folder under <c>tests</c>, as in <c>interop/oidc</c>.</param>
public sealed class NodeProgram(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a script of the folder to its end.</summary>
    public async Task<NodeResult> RunAsync(string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var home = await InstallAsync();
        foreach (var file in Directory.EnumerateFiles(Source).Where(file => Path.GetFileName(file) != "package.json"))
            File.Copy(file, Path.Combine(home, Path.GetFileName(file)), overwrite: true);
        return await StartAsync("node", [script, .. arguments], home, environment)
            ?? throw new InvalidOperationException("Node.js has gone since the packages were installed.");
    }

    private string Source => Path.Combine(Repository.Root, "tests", folder);

    private async Task<string> InstallAsync()
    {
        var manifest = await File.ReadAllBytesAsync(Path.Combine(Source, "package.json"));
        var home = Path.Combine(Path.GetTempPath(), $"ecosystem-{folder.Replace('/', '-')}-{Convert.ToHexStringLower(SHA256.HashData(manifest))[..12]}");
        if (File.Exists(Path.Combine(home, "installed")))
            return home;

        Directory.CreateDirectory(home);
        await File.WriteAllBytesAsync(Path.Combine(home, "package.json"), manifest);
        var result = await StartAsync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], home, new Dictionary<string, string>());
        Skip.If(result is null, "Node.js with npm is not installed");
        Skip.If(result!.ExitCode != 0, $"npm could not install the packages of tests/{folder}: {result.Output}");
        await File.WriteAllTextAsync(Path.Combine(home, "installed"), "");
        return home;
    }

    private static async Task<NodeResult?> StartAsync(
        string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException tooLong)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.", tooLong);
            }

            return new NodeResult(process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>How a program ended and all it printed.</summary>
public sealed record NodeResult(int ExitCode, string Output);
