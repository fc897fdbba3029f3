using System.Runtime.ExceptionServices;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Runs work of different lanes at the same time and work of one lane in the order it came.</summary>
internal sealed class Lanes(CancellationTokenSource broken)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private Exception? _problem;

    public void Add(string lane, Func<Task> work)
    {
        lock (_turn)
        {
            var before = _last.GetValueOrDefault(lane) ?? Task.CompletedTask;
            var mine = _last[lane] = Task.Run(() => RunAsync(before, work));
            _ = mine.ContinueWith(
                _ => Forget(lane, mine), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Returns when all work has ended. Rethrows the first failure, which has ended the others.</summary>
    public async Task EndAsync()
    {
        Task[] running;
        lock (_turn)
        {
            running = [.. _last.Values];
        }

        await Task.WhenAll(running);
        if (_problem is not null)
        {
            ExceptionDispatchInfo.Throw(_problem);
        }
    }

    private async Task RunAsync(Task before, Func<Task> work)
    {
        await before;
        if (broken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await work();
        }
        catch (OperationCanceledException) when (broken.IsCancellationRequested)
        {
            // Not acknowledged, so it comes again.
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _problem, e, null);
            await broken.CancelAsync();
        }
    }

    private void Forget(string lane, Task finished)
    {
        lock (_turn)
        {
            if (_last.GetValueOrDefault(lane) == finished)
            {
                _last.Remove(lane);
            }
        }
    }
}
