using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Demo;

/// <summary>The ecosystem that the demo is played in: the one that runs already, or one that is started for the demo and stopped after it.</summary>
internal sealed class RunningEcosystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(30);
    private readonly ChildProcess? _started;
    private readonly TimeProvider _time;

    private RunningEcosystem(EcosystemState state, ChildProcess? started, TimeProvider time)
    {
        State = state;
        _started = started;
        _time = time;
    }

    public EcosystemState State { get; }

    public bool WasStarted => _started is not null;

    /// <param name="stateDirectory">The state directory of the region.</param>
    /// <param name="start">The arguments that start the apphost for this region.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends the waiting; what was started is stopped.</param>
    /// <exception cref="InvalidOperationException">It could not be started; the message is what the apphost said last.</exception>
    public static async Task<RunningEcosystem> FindOrStartAsync(string stateDirectory, IReadOnlyList<string> start, TimeProvider time, CancellationToken ct)
    {
        var state = new StateDirectory(stateDirectory);
        if (await FindAsync(state, ct) is { } running)
        {
            return new RunningEcosystem(running, null, time);
        }

        using var log = new LogBook(state.Logs, "apphost", 0);
        var apphost = ChildProcess.Start(
            new Launch
            {
                Name = "apphost",
                Assembly = RepositoryLayout.AppHostAssembly,
                Arguments = start,
                WorkingDirectory = RepositoryLayout.AppHostDirectory,
                Health = new Uri("http://localhost/health"),
            },
            log);
        try
        {
            return new RunningEcosystem(await WaitAsync(apphost, state, log, time, ct), apphost, time);
        }
        catch
        {
            await StopAsync(apphost, time);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await StopAsync(_started, _time);
        }
    }

    private static async Task<EcosystemState?> FindAsync(StateDirectory directory, CancellationToken ct)
    {
        if (JsonFile.Read<EcosystemState>(directory.EcosystemFile) is not { Ready: true } state)
        {
            return null;
        }

        using var probe = new HealthProbe();
        return await probe.IsHealthyAsync(new Uri(state.Http, "/health"), ct) ? state : null;
    }

    private static async Task<EcosystemState> WaitAsync(ChildProcess apphost, StateDirectory directory, LogBook log, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        while (!apphost.HasExited)
        {
            if (JsonFile.Read<EcosystemState>(directory.EcosystemFile) is { Ready: true } state && state.ProcessId == apphost.Id)
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, until.Token);
        }

        await apphost.WaitForExitAsync(ct);
        throw new InvalidOperationException("The ecosystem could not be started:\n" + string.Join('\n', log.LastLines));
    }

    private static async Task StopAsync(ChildProcess apphost, TimeProvider time)
    {
        using (apphost)
        {
            await apphost.StopAsync(StopGrace, time);
        }
    }
}
