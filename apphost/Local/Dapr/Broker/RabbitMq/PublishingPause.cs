namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>Many may publish at once, though not without end; while queues change hands nobody does.</summary>
internal sealed class PublishingPause : IDisposable
{
    private const int Places = 256;
    private readonly SemaphoreSlim _places = new(Places, Places);
    private readonly SemaphoreSlim _pauses = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        return new Leave(_places, 1);
    }

    /// <summary>Returns once nobody publishes any more; publishing goes on when what is returned is disposed.</summary>
    public async Task<IDisposable> BeginAsync(CancellationToken ct)
    {
        await _pauses.WaitAsync(ct);
        var taken = 0;
        try
        {
            for (; taken < Places; taken++)
            {
                await _places.WaitAsync(ct);
            }
        }
        catch when (taken > 0)
        {
            _places.Release(taken);
            throw;
        }
        finally
        {
            _pauses.Release();
        }

        return new Leave(_places, Places);
    }

    public void Dispose()
    {
        _places.Dispose();
        _pauses.Dispose();
    }

    private sealed class Leave(SemaphoreSlim places, int number) : IDisposable
    {
        public void Dispose() => places.Release(number);
    }
}
