namespace Ecosystem.Storage;

/// <summary>Wakes the relay when a transaction with events was committed.</summary>
internal sealed class OutboxSignal
{
    private TaskCompletionSource _raised = New();

    public void Raise() => Volatile.Read(ref _raised).TrySetResult();

    /// <summary>Returns when it was raised since the last wait, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        var raised = Volatile.Read(ref _raised);
        try
        {
            await raised.Task.WaitAsync(atMost, time, ct);
            Interlocked.CompareExchange(ref _raised, New(), raised);
        }
        catch (TimeoutException)
        {
            // Nothing was committed here; another process may have left something.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
