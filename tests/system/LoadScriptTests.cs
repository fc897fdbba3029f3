using Ecosystem.AppHost.Demo;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>
/// The scripts of tests/k6 ask for what is there: each is played for a few iterations at the public door. k6 itself cannot be had here, so
/// <c>play.mjs</c> stands in for it; nothing is measured.
/// </summary>
[Collection("running system")]
public sealed class LoadScriptTests(RunningSystem system)
{
    [SkippableTheory]
    [InlineData("gateway.ts")]
    [InlineData("catalog.ts")]
    [InlineData("matching.ts")]
    [InlineData("policy.ts")]
    [InlineData("main-job.ts")]
    public async Task A_script_gets_right_answers_to_all_it_asks(string script)
    {
        var people = new SignIn(system.State.Identity, system.State.Http);
        var played = await new NodeProgram("k6").RunAsync("play.mjs", [Path.Combine(Repository.Root, "tests/k6"), script, "3"], new Dictionary<string, string>
        {
            ["ECOSYSTEM"] = system.State.Http.ToString(),
            ["GRPC"] = system.State.Grpc.Authority,
            ["IDENTITY"] = system.State.Identity.ToString(),
            ["INTEGRATOR_SECRET"] = system.Secret,
            ["ANALYST_TOKEN"] = await people.AsAsync("analyst", DevelopmentAccounts.Password, CancellationToken.None),
            ["REVIEWER_TOKEN"] = await people.AsAsync("reviewer", DevelopmentAccounts.Password, CancellationToken.None),
        });

        Assert.True(played.ExitCode == 0, played.Output);
        Assert.Contains(", 0 wrong, 0 broken", played.Output, StringComparison.Ordinal);
    }
}
