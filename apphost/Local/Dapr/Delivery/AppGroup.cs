using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>An app with its instances. Its topics are read as long as one of them takes messages.</summary>
internal sealed class AppGroup(
    string appId, Instances instances, IReadOnlyDictionary<string, PubSubComponent> components, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan PauseWithoutBroker = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, CircuitBreaker> _breakers = components.Values
        .Where(component => component.Inbound.Breaker is not null)
        .ToDictionary(component => component.Name, component => new CircuitBreaker(component.Inbound.Breaker!, time), StringComparer.Ordinal);

    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    public string AppId => appId;

    public Instances Instances => instances;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(instances.All.Select(instance => instance.RunAsync(TellBrokersAsync, ReconcileAsync, ct)));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The sidecar stops.
        }
        finally
        {
            await Task.WhenAll(_readings.Values.Select(reading => reading.StopAsync()));
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>An instance that is down for a moment still wants its messages, so all that any has told counts.</summary>
    private async Task TellBrokersAsync(CancellationToken ct)
    {
        foreach (var component in components.Values.Where(c => c.IsFor(appId)))
        {
            var topics = instances.All.SelectMany(i => i.Subscriptions).Where(s => s.PubSub == component.Name).DistinctBy(s => s.Topic).Select(s => s.Subject);
            await component.Broker.SetTopicsAsync(appId, [.. topics], ct);
        }
    }

    /// <summary>Reads what the ready instances subscribe to, and nothing else.</summary>
    private async Task ReconcileAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            instances.TellChange();
            var wanted = instances.All.Where(i => i.IsReady).SelectMany(i => i.Subscriptions)
                .DistinctBy(s => (s.PubSub, s.Topic))
                .ToDictionary(s => s.Declaration, StringComparer.Ordinal);
            foreach (var (declaration, reading) in _readings.Where(r => !wanted.ContainsKey(r.Key)).ToList())
            {
                _readings.Remove(declaration);
                await reading.StopAsync();
            }

            foreach (var (declaration, subscription) in wanted.Where(w => !_readings.ContainsKey(w.Key)))
            {
                _readings[declaration] = Reading.Start(token => ReadAsync(subscription, token), ct);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(Subscription subscription, CancellationToken ct)
    {
        var component = components[subscription.PubSub];
        var attempt = new MessageAttempt(subscription, component, instances, _breakers.GetValueOrDefault(component.Name));
        var consumer = new TopicConsumer(appId, subscription, component, new MessageDelivery(appId, subscription, component, attempt, time, logger));
        while (true)
        {
            try
            {
                await consumer.RunAsync(ct);
            }
            catch (BrokerException e)
            {
                logger.LogWarning("Reading {Topic} for {App} ended: {Reason}. It is tried again.", subscription.Topic, appId, e.Message);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // An app that hears nothing more, and nobody told, would be worse than whatever this is.
                logger.LogError(e, "Reading {Topic} for {App} failed. It is tried again.", subscription.Topic, appId);
            }

            await Task.Delay(PauseWithoutBroker, time, ct);
        }
    }

    /// <summary>One topic being read.</summary>
    private sealed class Reading(CancellationTokenSource stopping, Task running)
    {
        public static Reading Start(Func<CancellationToken, Task> read, CancellationToken ct)
        {
            var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
            return new Reading(stopping, Task.Run(() => read(stopping.Token), CancellationToken.None));
        }

        public async Task StopAsync()
        {
            await stopping.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // As asked.
            }

            stopping.Dispose();
        }
    }
}
