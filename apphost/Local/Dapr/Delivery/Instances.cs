namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>The running processes of one app. They compete: a message goes to one of them.</summary>
internal sealed class Instances(IReadOnlyList<AppInstance> all)
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _turn;

    public IReadOnlyList<AppInstance> All => all;

    /// <summary>Who is next, counted without end.</summary>
    public uint Turn() => Interlocked.Increment(ref _turn);

    /// <summary>The instances that take messages and subscribe as given; waits until there is one.</summary>
    public async Task<IReadOnlyList<AppInstance>> ReadyAsync(Subscription subscription, CancellationToken ct)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed);
            List<AppInstance> ready = [.. all.Where(instance => instance.IsReady && instance.Has(subscription))];
            if (ready.Count > 0)
            {
                return ready;
            }

            await changed.Task.WaitAsync(ct);
        }
    }

    public void TellChange() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
