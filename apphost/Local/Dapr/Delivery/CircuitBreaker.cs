namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>
/// Keeps deliveries away from an app that fails again and again, with Dapr's states: closed, open for a while, then half open for a try.
/// https://docs.dapr.io/operations/resiliency/policies/circuit-breakers/
/// </summary>
internal sealed class CircuitBreaker(CircuitBreakerPolicy policy, TimeProvider time)
{
    private readonly Lock _turn = new();
    private DateTimeOffset? _openUntil;
    private DateTimeOffset _counting = time.GetUtcNow();
    private int _tries;
    private int _consecutiveFailures;
    private int _totalFailures;
    private int _requests;

    /// <summary>Whether a delivery may be attempted now. Every one that may has to be reported.</summary>
    public bool Allows()
    {
        lock (_turn)
        {
            if (_openUntil is { } until)
            {
                return time.GetUtcNow() >= until && _tries++ < policy.MaxRequests;
            }

            if (policy.Interval > TimeSpan.Zero && time.GetUtcNow() - _counting >= policy.Interval)
            {
                StartCounting();
            }

            _requests++;
            return true;
        }
    }

    public void Report(bool succeeded)
    {
        lock (_turn)
        {
            if (_openUntil is not null)
            {
                ReportTry(succeeded);
                return;
            }

            _consecutiveFailures = succeeded ? 0 : _consecutiveFailures + 1;
            _totalFailures += succeeded ? 0 : 1;
            if (!succeeded && policy.Trips(_requests, _totalFailures, _consecutiveFailures))
            {
                Open();
            }
        }
    }

    private void ReportTry(bool succeeded)
    {
        if (succeeded)
        {
            _openUntil = null;
            StartCounting();
        }
        else
        {
            Open();
        }
    }

    private void Open()
    {
        _openUntil = time.GetUtcNow() + policy.Timeout;
        _tries = 0;
    }

    private void StartCounting()
    {
        _counting = time.GetUtcNow();
        _requests = _totalFailures = _consecutiveFailures = 0;
    }
}
