using Ecosystem.AppHost.Local.Dapr.Broker;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Follows one process of an app through its life: healthy, asked for its subscriptions, gone, back again.</summary>
internal sealed class AppInstance(SidecarApp app, AppChannel channel, SubscriptionReader reader, TimeProvider time, ILogger logger)
{
    private const int FailuresBeforeClosing = 3;
    private static readonly TimeSpan ProbeWhileOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeWhileClosed = TimeSpan.FromMilliseconds(200);
    private readonly AppGate _gate = new();

    public SidecarApp App => app;

    public AppChannel Channel => channel;

    public bool IsReady => _gate.IsOpen;

    /// <summary>What it told last.</summary>
    public IReadOnlyList<Subscription> Subscriptions { get; private set; } = [];

    public bool Has(Subscription subscription) => Subscriptions.Any(s => s.Declaration == subscription.Declaration);

    /// <summary>A delivery found nobody listening.</summary>
    public void Close() => _gate.Close();

    /// <param name="told">Called with what the instance subscribes to, before it counts as ready.</param>
    /// <param name="changed">Called after it has become ready or has ceased to be.</param>
    public async Task RunAsync(Func<CancellationToken, Task> told, Func<CancellationToken, Task> changed, CancellationToken ct)
    {
        var failures = 0;
        var wasOpen = false;
        var isKnown = false; // what it subscribes to
        while (!ct.IsCancellationRequested)
        {
            var (healthy, restarted) = await channel.ProbeAsync(ct);
            failures = healthy ? 0 : failures + 1;
            isKnown &= !restarted;
            if (healthy && !(isKnown && _gate.IsOpen))
            {
                isKnown = await AskAsync(told, ct);
                await changed(ct);
            }
            else if (failures >= FailuresBeforeClosing)
            {
                _gate.Close();
            }

            if (wasOpen && !_gate.IsOpen)
            {
                await changed(ct);
            }

            wasOpen = _gate.IsOpen;
            await _gate.WaitForCloseAsync(ProbeWhileOpen, time, ct);
            if (!_gate.IsOpen)
            {
                if (wasOpen)
                {
                    await changed(ct);
                    wasOpen = false;
                }

                await Task.Delay(ProbeWhileClosed, time, ct);
            }
        }
    }

    private async Task<bool> AskAsync(Func<CancellationToken, Task> told, CancellationToken ct)
    {
        if (await reader.ReadAsync(app.AppId, ct) is not { } subscriptions)
        {
            return false;
        }

        Subscriptions = subscriptions;
        try
        {
            await told(ct);
            _gate.Open();
            logger.LogInformation(
                "{App} at {Address} is ready and subscribes to {Topics}.", app.AppId, app.Address, subscriptions.Count == 0 ? "nothing" : string.Join(", ", subscriptions.Select(s => s.Topic)));
            return true;
        }
        catch (BrokerException e)
        {
            logger.LogWarning("{App} at {Address} waits for the broker: {Reason}", app.AppId, app.Address, e.Message);
        }
        catch (IOException e)
        {
            logger.LogError(e, "What {App} at {Address} subscribes to cannot be kept. It is asked again.", app.AppId, app.Address);
        }

        return false;
    }
}
