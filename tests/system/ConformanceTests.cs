using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>docs/partners.md: the example passes the check of a partner's service, and the check finds what a careless service does.</summary>
public sealed partial class ConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [SkippableFact]
    public async Task The_commands_of_the_page_make_a_service_that_passes()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "partners.md"));
        var commands = Block().Match(page).Groups["code"].Value;
        Assert.Contains("check.mjs", commands, StringComparison.Ordinal);
        var copy = Directory.CreateTempSubdirectory("my-service-");
        try
        {
            var (exitCode, output) = await RunAsync("bash", "-euc", commands.Replace("my-service", Path.Combine(copy.FullName, "my-service"), StringComparison.Ordinal));

            Assert.True(exitCode == 0, output);
            Assert.Contains("notes: all 74 hold.", output, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Every_broken_variant_of_the_example_is_found()
    {
        var (exitCode, output) = await RunAsync("node", Path.Combine("tests", "conformance", "variants.mjs"));

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("OVERLOOKED", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        Skip.If(!await HasNodeAsync(), "Node.js is not installed");
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            await node.WaitForExitAsync();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
