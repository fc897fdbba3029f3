namespace Ecosystem.Policy.Tests;

public sealed class RestartTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task Agreements_counts_and_ledger_survive_a_restart()
    {
        var agreed = await host.AgreedAsync(Story.AtMostTenTimes);
        for (var use = 0; use < 9; use++)
            Assert.True((await host.AskAsync(agreed)).Permitted);
        var before = await host.Ledger().GetCheckpointAsync(new());

        await host.StopAsync();
        host.Start();

        Assert.Equal(before.Root, (await host.Ledger().GetCheckpointAsync(new())).Root);
        Assert.True((await host.AskAsync(agreed)).Permitted);
        Assert.False((await host.AskAsync(agreed)).Permitted);
    }
}
