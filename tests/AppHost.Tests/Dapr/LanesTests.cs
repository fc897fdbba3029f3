using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class LanesTests
{
    [Fact]
    public async Task A_failure_of_any_kind_ends_the_reading_and_is_told_instead_of_stopping_one_lane_without_a_word()
    {
        using var broken = new CancellationTokenSource();
        var lanes = new Lanes(broken);
        var wasDone = false;
        var other = new TaskCompletionSource();
        using var freed = broken.Token.Register(other.SetResult); // waits until the reading is ended

        lanes.Add("other", () => other.Task);
        lanes.Add("one", () => throw new InvalidOperationException("A surprise."));
        lanes.Add("one", () =>
        {
            wasDone = true;
            return Task.CompletedTask;
        });
        await other.Task.WaitAsync(Ecosystem.Testing.Eventually.Deadline);

        Assert.Equal("A surprise.", (await Assert.ThrowsAsync<InvalidOperationException>(lanes.EndAsync)).Message);
        Assert.False(wasDone, "what came after it in its lane is not delivered before it");
    }
}
