namespace Ecosystem.SystemTests;

[Collection("running system")]
public sealed class DemoTests(RunningSystem system)
{
    [Fact]
    public async Task The_demo_plays_the_main_job_through_the_public_door()
    {
        var demo = system.Start("demo", "--state", system.StateDirectory, "--language", "en");
        await demo.WaitForExitAsync();

        Assert.True(demo.ExitCode == 0, system.Said());
        Assert.Contains("Yes. Permitted", system.Said(), StringComparison.Ordinal);
        Assert.Contains("Duty:", system.Said(), StringComparison.Ordinal);
        Assert.Contains("No. The agreed purpose", system.Said(), StringComparison.Ordinal);
        Assert.Contains("both decisions are in it", system.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_fails_when_a_step_fails()
    {
        var demo = system.Start("demo", "--state", Path.Combine(system.StateDirectory, "not", "there"), "--http-port", $"{system.State.Http.Port}");
        await demo.WaitForExitAsync();

        Assert.NotEqual(0, demo.ExitCode);
        Assert.Contains($"{system.State.Http.Port}", system.Said(), StringComparison.Ordinal);
    }
}
