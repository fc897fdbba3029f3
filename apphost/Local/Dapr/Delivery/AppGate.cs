namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Open while the app takes messages. Deliveries wait before it.</summary>
internal sealed class AppGate
{
    private readonly Lock _turn = new();
    private TaskCompletionSource _open = New();
    private TaskCompletionSource _closed = New();

    public AppGate() => _closed.SetResult();

    public bool IsOpen
    {
        get
        {
            lock (_turn)
            {
                return _open.Task.IsCompleted;
            }
        }
    }

    public Task WaitUntilOpenAsync(CancellationToken ct)
    {
        lock (_turn)
        {
            return _open.Task.WaitAsync(ct);
        }
    }

    /// <summary>Returns at once when closed, else after <paramref name="atMost"/> or when a delivery finds nobody listening.</summary>
    public async Task WaitForCloseAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        Task closed;
        lock (_turn)
        {
            closed = _closed.Task;
        }

        await Task.WhenAny(closed, Task.Delay(atMost, time, ct));
        ct.ThrowIfCancellationRequested();
    }

    public void Open()
    {
        lock (_turn)
        {
            if (!_open.Task.IsCompleted)
            {
                _open.SetResult();
                _closed = New();
            }
        }
    }

    public void Close()
    {
        lock (_turn)
        {
            if (_open.Task.IsCompleted)
            {
                _open = New();
                _closed.SetResult();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
