using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>
/// The command behind the tables of docs/operators.md, "How much it takes": here with few requests, on what the tests were built from, so that it is
/// known to work; what it measures then says nothing.
/// </summary>
public sealed partial class CapacityCommandTests
{
    private const int NothingToMeasureWith = 77;

    [SkippableFact]
    public async Task Each_service_is_started_loaded_and_measured()
    {
        var (loader, _) = await RunAsync("bash", "tests/interop/run", "load", "--version");
        Skip.If(loader == NothingToMeasureWith, "h2load is not on this machine and cannot be installed");

        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var (exitCode, printed) = await RunAsync("dotnet", "run", "--no-build", "-c", configuration, "--project", "tests/bench", "--", "capacity", "1");

        Assert.True(exitCode == 0, printed);
        var rates = Rate().Matches(printed).ToDictionary(row => row.Groups["what"].Value, row => Number(row.Groups["rate"]));
        Assert.Equal(RatesOfThePage(), rates.Keys.Order(StringComparer.Ordinal));
        Assert.All(rates.Values, rate => Assert.True(rate > 0));
        var memory = Memory().Matches(printed);
        Assert.Equal(["catalog", "gateway", "matching", "policy"], memory.Select(row => row.Groups["process"].Value).Order(StringComparer.Ordinal));
        Assert.All(memory, row => Assert.True(Number(row.Groups["start"]) > 0 && Number(row.Groups["after"]) > 0));
    }

    private static IEnumerable<string> RatesOfThePage() =>
        Rate().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/operators.md"))).Select(row => row.Groups["what"].Value).Order(StringComparer.Ordinal);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CAPACITY_REQUESTS"] = "1000" },
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static double Number(Group digits) => double.Parse(digits.Value, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<what>\w+: [^|]+) \| (?<rate>[\d,.]+) \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^\| (?<process>\w+) \| (?<start>\d+) MiB \| (?<after>\d+) MiB \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Memory();
}
