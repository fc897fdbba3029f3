using Ecosystem.AppHost.Local.Dapr.Delivery;
using Ecosystem.AppHost.Local.Dapr.Resources;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class CircuitBreakerTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_opens_after_the_failures_and_lets_one_try_after_its_timeout()
    {
        var breaker = Breaker("consecutiveFailures > 2", timeout: "10s");
        for (var n = 0; n < 3; n++)
        {
            Assert.True(breaker.Allows());
            breaker.Report(succeeded: false);
        }

        Assert.False(breaker.Allows());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(breaker.Allows());
        Assert.False(breaker.Allows());
        breaker.Report(succeeded: false);
        Assert.False(breaker.Allows());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(breaker.Allows());
        breaker.Report(succeeded: true);
        Assert.True(breaker.Allows());
    }

    [Fact]
    public void A_success_between_failures_starts_the_count_anew()
    {
        var breaker = Breaker("consecutiveFailures >= 2", timeout: "10s");
        foreach (var succeeded in new[] { false, true, false, true })
        {
            Assert.True(breaker.Allows());
            breaker.Report(succeeded);
        }

        Assert.True(breaker.Allows());
    }

    [Fact]
    public void Failures_that_are_older_than_the_interval_do_not_count()
    {
        var breaker = Breaker("totalFailures >= 2", timeout: "10s", interval: "5s");
        Assert.True(breaker.Allows());
        breaker.Report(succeeded: false);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(breaker.Allows());
        breaker.Report(succeeded: false);
        Assert.True(breaker.Allows());
    }

    [Fact]
    public void Another_condition_is_refused() =>
        Assert.Contains("consecutiveFailures > 5", Assert.Throws<InvalidDataException>(() => Breaker("errors / requests > 0.5", timeout: "1s")).Message, StringComparison.Ordinal);

    private CircuitBreaker Breaker(string trip, string timeout, string? interval = null) =>
        new(CircuitBreakerPolicy.From(new CircuitBreakerSpec { Trip = trip, Timeout = timeout, Interval = interval }), _time);
}
