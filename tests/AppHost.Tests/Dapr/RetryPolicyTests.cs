using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData("200ms", 200)]
    [InlineData("5s", 5_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    public void Durations_are_read_as_go_writes_them(string text, int milliseconds) =>
        Assert.Equal(milliseconds, RetryPolicy.ParseDuration(text).TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("soon")]
    public void Other_durations_are_refused(string text) => Assert.Throws<InvalidDataException>(() => RetryPolicy.ParseDuration(text));

    [Fact]
    public void An_exponential_policy_grows_up_to_its_longest_interval()
    {
        var policy = new RetryPolicy { MaxRetries = -1, Exponential = true, MaxInterval = TimeSpan.FromSeconds(2) };

        Assert.Equal([500, 750, 1125, 1687.5, 2000, 2000], Enumerable.Range(1, 6).Select(n => policy.PauseBefore(n).TotalMilliseconds));
        Assert.True(policy.Allows(1_000_000));
    }

    [Fact]
    public void Retries_are_counted_after_the_first_attempt()
    {
        var policy = new RetryPolicy { MaxRetries = 2 };

        Assert.Equal([true, true, false], new[] { policy.Allows(1), policy.Allows(2), policy.Allows(3) });
    }
}
