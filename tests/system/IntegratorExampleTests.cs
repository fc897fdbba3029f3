using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Ecosystem.Testing;
using Integrator;

namespace Ecosystem.SystemTests;

/// <summary>The examples of docs/integrators.md, run as they stand there.</summary>
[Collection("running system")]
public sealed class IntegratorExampleTests(RunningSystem system)
{
    [Theory]
    [InlineData("first-call.sh")]
    [InlineData("first_call.py")]
    [InlineData("first-call.mjs")]
    [InlineData("FirstCall.cs")]
    public void The_page_shows_the_example_that_is_run(string example)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "integrators.md"));

        Assert.Contains(File.ReadAllText(Example(example)).Trim(), page, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("bash", "first-call.sh")]
    [InlineData("python3", "first_call.py")]
    [InlineData("node", "first-call.mjs")]
    public async Task An_example_makes_its_first_call(string program, string example)
    {
        var answer = JsonDocument.Parse(await RunAsync(program, Example(example))).RootElement;

        Assert.Equal("partner-beispiel", answer.GetProperty("provider").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_example_in_CSharp_makes_its_first_call()
    {
        var competence = await FirstCall.PlayAsync(system.State.Grpc, system.State.Identity, system.Secret);

        Assert.Equal("partner-beispiel", competence.Provider.Id);
    }

    private static string Example(string name) => Path.Combine(Repository.Root, "docs", "examples", name);

    private async Task<string> RunAsync(string program, string example)
    {
        var start = new ProcessStartInfo(program, [example]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ECOSYSTEM"] = system.State.Http.ToString().TrimEnd('/');
        start.Environment["IDENTITY"] = system.State.Identity.ToString().TrimEnd('/');
        start.Environment["INTEGRATOR_SECRET"] = system.Secret;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output + await errors);
            return output;
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"{program} is not on this machine");
            throw;
        }
    }
}
