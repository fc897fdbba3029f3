using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Follows one app through its life: healthy, asked for its subscriptions, fed, gone, back again.</summary>
internal sealed class AppLink(
    SidecarApp app, AppChannel channel, SubscriptionReader reader, IReadOnlyDictionary<string, PubSubComponent> components, TimeProvider time, ILogger logger)
{
    private const int FailuresBeforeClosing = 3;
    private static readonly TimeSpan ProbeWhileOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeWhileClosed = TimeSpan.FromMilliseconds(200);
    private readonly AppGate _gate = new();
    private Task _consuming = Task.CompletedTask;
    private CancellationTokenSource? _consumers;

    public SidecarApp App => app;

    public AppChannel Channel => channel;

    public bool IsReady => _gate.IsOpen;

    public IReadOnlyList<Subscription> Subscriptions { get; private set; } = [];

    public async Task RunAsync(CancellationToken ct)
    {
        var failures = 0;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var (healthy, restarted) = await channel.ProbeAsync(ct);
                failures = healthy ? 0 : failures + 1;
                if (healthy && (restarted || !_gate.IsOpen))
                {
                    await SubscribeAsync(ct);
                }
                else if (failures >= FailuresBeforeClosing)
                {
                    _gate.Close();
                }

                await _gate.WaitForCloseAsync(_gate.IsOpen ? ProbeWhileOpen : ProbeWhileClosed, time, ct);
                if (!_gate.IsOpen)
                {
                    await Task.Delay(ProbeWhileClosed, time, ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The sidecar stops.
        }
        finally
        {
            await StopConsumersAsync();
        }
    }

    private async Task SubscribeAsync(CancellationToken ct)
    {
        if (await reader.ReadAsync(app.AppId, ct) is not { } subscriptions)
        {
            return;
        }

        await StopConsumersAsync();
        foreach (var component in components.Values.Where(c => c.IsFor(app.AppId)))
        {
            var topics = subscriptions.Where(s => s.PubSub == component.Name).Select(s => s.Topic).ToList();
            await component.Broker.SetTopicsAsync(app.AppId, topics, ct);
        }

        Subscriptions = subscriptions;
        _gate.Open();
        _consumers = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _consuming = Task.WhenAll(subscriptions.Select(s => ConsumeAsync(s, _consumers.Token)));
        logger.LogInformation("{App} is ready and subscribes to {Topics}.", app.AppId, subscriptions.Count == 0 ? "nothing" : string.Join(", ", subscriptions.Select(s => s.Topic)));
    }

    private async Task ConsumeAsync(Subscription subscription, CancellationToken ct)
    {
        var consumer = new TopicConsumer(app.AppId, subscription, components[subscription.PubSub], channel, _gate, time, logger);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await consumer.RunAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or System.Data.Common.DbException)
            {
                logger.LogError(e, "Reading {Topic} for {App} failed; it is tried again.", subscription.Topic, app.AppId);
                await Task.Delay(ProbeWhileOpen, time, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task StopConsumersAsync()
    {
        if (_consumers is not null)
        {
            await _consumers.CancelAsync();
            await _consuming;
            _consumers.Dispose();
            _consumers = null;
        }
    }
}
