using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ecosystem.Charts.Tests.Rendering;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>Every command of docs/operators.md and docs/partners.md is run by a test, or it stands here why that cannot be.</summary>
public sealed partial class PageCommandsTests
{
    private static readonly string[] Pages = ["docs/operators.md", "docs/partners.md"];

    /// <summary>How a command begins, and the tests that run it.</summary>
    private static readonly (string Begins, string Tests)[] Run =
    [
        ("helm ", nameof(OperatorsPageTests)),
        ("kubectl ", nameof(OperatorsPageTests)),
        ("openssl ", nameof(PageCommandsTests)),
        ("cp charts/", nameof(PageCommandsTests)),
        ("diff ", nameof(PageCommandsTests)),
        ("tools/stamp-image/stamp_image.py ", nameof(ImageStampTests)),
        ("pg_dump ", "DurableSystemTests"),
        ("pg_restore ", "DurableSystemTests"),
        ("curl http://localhost:8080/health", "PageTests"),
        ("dotnet run --project apphost -- dead-letters ", "DeadLetterCommandTests"),
        ("dotnet run -c Release --project tests/bench -- capacity", "CapacityCommandTests"),
        ("cp -r tests/conformance/example ", "ConformanceTests"),
        ("node tests/conformance/check.mjs ", "ConformanceTests"),
    ];

    /// <summary>How a command begins, and why no test can run it where this project is built.</summary>
    private static readonly (string Begins, string Reason)[] NotRun =
    [
        ("dotnet publish ", "the base image lies in a registry that cannot be reached; ImageTests asks the build what it would make"),
        ("skopeo copy ", "there is no registry to push to; ImageStampTests reads what would be pushed"),
        ("skaffold ", "skaffold and a cluster are not to be had; ImageTests holds skaffold.yaml against chart and build"),
    ];

    [Fact]
    public void Every_command_is_run_by_a_test_or_it_is_said_why_not()
    {
        var known = Run.Select(one => one.Begins).Concat(NotRun.Select(one => one.Begins)).ToList();
        var commands = Pages.SelectMany(CommandsOf).ToList();

        Assert.All(commands, command => Assert.Contains(known, begins => command.StartsWith(begins, StringComparison.Ordinal)));
        Assert.All(known, begins => Assert.Contains(commands, command => command.StartsWith(begins, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_tests_that_are_named_are_there() => Assert.All(
        Run.Select(one => one.Tests).Distinct(),
        tests => Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, "tests"), $"{tests}.cs", SearchOption.AllDirectories)));

    [SkippableFact]
    public async Task The_key_of_the_ledger_is_one_that_signs()
    {
        using var folder = new ScratchFolder();
        var (exitCode, output) = await ShellAsync(Lines("openssl "), folder.Path);

        Assert.True(exitCode == 0, output);
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(folder.Path, "signing-key.pem")));
        var said = "signed"u8.ToArray();
        Assert.True(key.VerifyData(said, key.SignData(said, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [SkippableFact]
    public async Task A_region_begins_as_a_copy_of_another()
    {
        var (exitCode, output) = await ShellAsync(Lines("cp charts/"), await Helm.FolderAsync());
        Assert.True(exitCode == 0, output);

        var rendered = await Helm.RunAsync("template", "pfalz", "charts/ecosystem", "--values", "charts/ecosystem/regions/pfalz.yaml", "--set", "region=pfalz");
        Assert.True(rendered.ExitCode == 0, rendered.Errors);
    }

    [SkippableFact]
    public async Task What_an_upgrade_changes_can_be_read_beforehand()
    {
        using var folder = new ScratchFolder();
        await folder.WriteAsync("before.yaml", (await Situations.RenderAsync("ruhr")).Text);
        await folder.WriteAsync("after.yaml", (await Situations.RenderAsync("own-images")).Text);

        var (exitCode, output) = await ShellAsync(Lines("diff "), folder.Path);

        Assert.Equal(1, exitCode); // there are differences
        Assert.Contains("image:", output, StringComparison.Ordinal);
    }

    private static string Lines(string begins) => string.Join('\n', Pages.SelectMany(BlocksOf).Where(line => line.StartsWith(begins, StringComparison.Ordinal)));

    /// <summary>As a person types them: continuation lines joined. Only the parts of a pipe that begin it are told apart; the others go with it.</summary>
    private static IEnumerable<string> BlocksOf(string page) => Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
        .SelectMany(block => block.Groups["code"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));

    /// <summary>The drawing at the top of the page begins with spaces, as no command does.</summary>
    private static IEnumerable<string> CommandsOf(string page) => BlocksOf(page).Where(line => line.Length > 0 && line[0] != ' ');

    private static async Task<(int ExitCode, string Output)> ShellAsync(string commands, string folder)
    {
        Skip.If(OperatingSystem.IsWindows(), "the pages are written for a shell");
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-uc", commands])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"^```(?:bash)?\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
