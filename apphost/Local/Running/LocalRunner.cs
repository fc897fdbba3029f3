using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Runs the declared system on this machine: all of it, or nothing and a reason.</summary>
internal sealed class LocalRunner(IReadOnlyList<IResource> resources, IConfiguration configuration, TimeProvider time) : IAsyncDisposable
{
    private readonly HealthProbe _probe = new();
    private readonly Lock _writing = new();
    private List<SupervisedProcess> _processes = [];
    private StateDirectory? _state;
    private string _region = "";
    private bool _ready;

    public async Task RunAsync(CancellationToken ct)
    {
        _region = configuration["region"] ?? throw new DistributedApplicationException("No region given: --region NAME.");
        _state = new StateDirectory(configuration["state"] ?? throw new DistributedApplicationException("No state directory given: --state DIR."));
        using var only = RegionLock.Take(_state, _region);

        var launches = new LaunchPlan(resources, _state, _region, DaprdProgram.Find()).Draw();
        _processes = [.. launches.Select((launch, number) =>
            new SupervisedProcess(launch, new LogBook(_state.Logs, launch.Name, number), _probe, time, WriteState))];
        WriteState();
        try
        {
            await StartAllAsync(ct);
            _ready = true;
            WriteState();
            StatusTable.Print(_processes, launches.Single(launch => launch.Name == "gateway").Addresses["http"]);
            LogBook.Shown = true;
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl+C or SIGTERM: the orderly end.
        }
        finally
        {
            LogBook.Shown = false;
            await StopAllAsync();
            File.Delete(_state.EcosystemFile);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _probe.Dispose();
    }

    private async Task StartAllAsync(CancellationToken ct)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var starts = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var process in _processes)
        {
            Task[] dependencies = [.. process.Launch.WaitsFor.Select(name => starts.TryGetValue(name, out var start)
                ? start
                : throw new DistributedApplicationException($"{process.Launch.Name} waits for {name}, which is declared after it or not at all."))];
            starts[process.Launch.Name] = StartAsync(process, dependencies);
        }

        // The first failure is the reason; those that wait for it are cancelled and would only repeat it.
        await foreach (var start in Task.WhenEach(starts.Values).WithCancellation(ct))
        {
            if (start.IsFaulted)
            {
                await failed.CancelAsync();
                await Task.WhenAll(starts.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                await start;
            }
        }

        async Task StartAsync(SupervisedProcess process, Task[] dependencies)
        {
            await Task.WhenAll(dependencies).WaitAsync(failed.Token);
            foreach (var database in process.Launch.Databases)
            {
                await Databases.EnsureAsync(database, time, failed.Token);
            }

            await process.StartAsync(failed.Token);
        }
    }

    /// <summary>Services first, so that they can still finish what they do with the broker; what they lean on afterwards.</summary>
    private async Task StopAllAsync()
    {
        foreach (var wave in _processes.GroupBy(p => p.Launch.Wave).OrderBy(wave => wave.Key))
        {
            await Task.WhenAll(wave.Select(p => p.StopAsync()));
        }
    }

    /// <summary>The file informs others; that it cannot be written must neither end the system nor keep it from stopping.</summary>
    private void WriteState()
    {
        lock (_writing)
        {
            try
            {
                JsonFile.Write(_state!.EcosystemFile, Describe());
            }
            catch (IOException e)
            {
                Console.Error.WriteLine($"apphost: what runs could not be written down: {e.Message}");
            }
        }
    }

    private EcosystemState Describe()
    {
        var addresses = _processes.ToDictionary(p => p.Launch.Name, p => p.Launch.Addresses);
        return new EcosystemState
        {
            Region = _region,
            ProcessId = Environment.ProcessId,
            Ready = _ready,
            Http = addresses["gateway"]["http"],
            Grpc = addresses["gateway"]["grpc"],
            Identity = addresses["identity"]["http"],
            Resources = [.. _processes.Select(p => new ResourceState
            {
                Name = p.Launch.Name,
                State = p.State.ToString(),
                ProcessId = p.ProcessId,
                Restarts = p.Restarts,
                Addresses = p.Launch.Addresses,
            })],
        };
    }
}
