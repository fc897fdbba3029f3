using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;
using Ecosystem.AppHost.Local.Dapr.Delivery;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr;

/// <summary>The components and apps of one region.</summary>
internal sealed class Region : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _followed = [];

    private Region(IReadOnlyDictionary<string, PubSubComponent> components, IReadOnlyList<AppGroup> apps)
    {
        Components = components;
        Apps = apps;
    }

    public IReadOnlyDictionary<string, PubSubComponent> Components { get; }

    public IReadOnlyList<AppGroup> Apps { get; }

    /// <exception cref="InvalidDataException">A resource cannot be used.</exception>
    public static Region Load(SidecarOptions options, TimeProvider time, ILoggerFactory logging)
    {
        var resources = ResourceFile.Read(options.Resources);
        var components = resources.Components.ToDictionary(
            component => component.Metadata.Name,
            component => Load(component, resources.Resiliencies, options, time, logging),
            StringComparer.Ordinal);
        var logger = logging.CreateLogger("Dapr");
        var apps = options.Apps.GroupBy(app => app.AppId, StringComparer.Ordinal).Select(app =>
        {
            var instances = app.Select(process =>
            {
                var channel = new AppChannel(process, options.AppToken);
                return new AppInstance(process, channel, new SubscriptionReader(channel.Http, resources.Subscriptions, components, logger), time, logger);
            });
            return new AppGroup(app.Key, new Instances([.. instances]), components, time, logger);
        });
        return new Region(components, [.. apps]);
    }

    public void Follow() => _followed.AddRange(Apps.Select(app => Task.Run(() => app.RunAsync(_stopping.Token))));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_followed);
        foreach (var app in Apps)
        {
            foreach (var instance in app.Instances.All)
            {
                instance.Channel.Dispose();
            }

            app.Dispose();
        }

        foreach (var component in Components.Values)
        {
            await component.Broker.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private static PubSubComponent Load(
        ComponentResource component, IEnumerable<ResiliencyResource> resiliencies, SidecarOptions options, TimeProvider time, ILoggerFactory logging)
    {
        var name = component.Metadata.Name;
        var users = options.Apps.Select(a => a.AppId).Where(component.IsFor).Distinct(StringComparer.Ordinal).ToList();
        var logger = logging.CreateLogger("Dapr.Broker");
        var inbound = RetryPolicy.Inbound(name, resiliencies);
        switch (component.Spec.Type)
        {
            case "pubsub.in-memory":
                return new PubSubComponent(component, new FileBroker(Path.Combine(options.DataDirectory, $"broker-{name}.db"), users, logger), inbound, isParallel: false);
            case "pubsub.rabbitmq":
                var settings = RabbitMqSettings.Read(component);
                var book = Path.Combine(options.DataDirectory, $"broker-{name}.json");
                return new PubSubComponent(component, new RabbitMqBroker(settings, name, book, users, time, logger), inbound, settings.Parallel);
            default:
                throw new InvalidDataException($"component '{name}' is of type '{component.Spec.Type}'; the local sidecar knows pubsub.in-memory and pubsub.rabbitmq.");
        }
    }
}
