using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Tests.Running;

public sealed class RestartBackoffTests
{
    [Fact]
    public void Pauses_double_up_to_a_limit()
    {
        var backoff = new RestartBackoff();

        var pauses = Enumerable.Range(0, 9).Select(_ => backoff.After(TimeSpan.FromSeconds(1)).TotalSeconds);

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, 30, 30], pauses);
    }

    [Fact]
    public void A_stable_run_starts_again_with_the_first_pause()
    {
        var backoff = new RestartBackoff();
        backoff.After(TimeSpan.Zero);
        backoff.After(TimeSpan.Zero);

        Assert.Equal(0.25, backoff.After(TimeSpan.FromMinutes(1)).TotalSeconds);
        Assert.Equal(0.5, backoff.After(TimeSpan.Zero).TotalSeconds);
    }
}
