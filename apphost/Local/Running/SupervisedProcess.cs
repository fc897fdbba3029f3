using Aspire.Hosting;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Keeps one process of the system running: first start, health, restart after a crash, stop.</summary>
internal sealed class SupervisedProcess(Launch launch, LogBook log, HealthProbe probe, TimeProvider time, Action changed) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan ProbeWhileStarting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeWhileRunning = TimeSpan.FromSeconds(2);
    private readonly RestartBackoff _backoff = new();
    private readonly CancellationTokenSource _stopping = new();
    private ChildProcess? _child;
    private Task _supervision = Task.CompletedTask;

    public Launch Launch => launch;

    public ProcessState State { get; private set; } = ProcessState.Waiting;

    public int Restarts { get; private set; }

    public int? ProcessId => _child is { HasExited: false } running ? running.Id : null;

    /// <summary>Starts the process and returns when it is healthy.</summary>
    /// <exception cref="DistributedApplicationException">It ended, or was not healthy in time. The message has its last lines.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var child = Spawn();
        Become(ProcessState.Starting);
        while (!await probe.IsHealthyAsync(launch.Health, ct))
        {
            if (child.HasExited)
            {
                throw Failed($"ended with exit code {child.ExitCode} before it was healthy");
            }

            if (time.GetElapsedTime(started) > StartLimit)
            {
                throw Failed($"did not answer {launch.Health} with success within {StartLimit.TotalSeconds:0} seconds");
            }

            await Task.Delay(ProbeWhileStarting, time, ct);
        }

        Become(ProcessState.Healthy);
        _supervision = SuperviseAsync(child, _stopping.Token);
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        if (_child is not null)
        {
            await _child.StopAsync(StopGrace, time);
            Become(ProcessState.Stopped);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _child?.Dispose();
        _stopping.Dispose();
        log.Dispose();
    }

    private async Task SuperviseAsync(ChildProcess child, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var started = time.GetTimestamp();
                await WatchAsync(child, ct);
                var pause = _backoff.After(time.GetElapsedTime(started));
                log.Write($"apphost: {launch.Name} ended with exit code {child.ExitCode}; it is started again in {pause.TotalSeconds:0.##} s.");
                Restarts++;
                Become(ProcessState.Restarting);
                await Task.Delay(pause, time, ct);
                child.Dispose();
                child = Spawn();
                Become(ProcessState.Starting);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: the process itself is stopped by StopAsync.
        }
    }

    private async Task WatchAsync(ChildProcess child, CancellationToken ct)
    {
        var exit = child.WaitForExitAsync(ct);
        while (!exit.IsCompleted)
        {
            var pause = State == ProcessState.Healthy ? ProbeWhileRunning : ProbeWhileStarting;
            await Task.WhenAny(exit, Task.Delay(pause, time, ct));
            if (!exit.IsCompleted)
            {
                var healthy = await probe.IsHealthyAsync(launch.Health, ct);
                Become(healthy ? ProcessState.Healthy : State == ProcessState.Starting ? ProcessState.Starting : ProcessState.Unhealthy);
            }
        }

        await exit;
    }

    private ChildProcess Spawn() => _child = ChildProcess.Start(launch, log);

    private void Become(ProcessState state)
    {
        if (State != state)
        {
            State = state;
            changed();
        }
    }

    private DistributedApplicationException Failed(string what) => new(
        $"{launch.Name} {what}. Its last lines (all of them in {log.File}):{Environment.NewLine}"
        + string.Join(Environment.NewLine, log.LastLines.Select(line => "  " + line)));
}

internal enum ProcessState
{
    Waiting,
    Starting,
    Healthy,
    Unhealthy,
    Restarting,
    Stopped,
}
