using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Delivery;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr;

/// <summary>The components and apps of one region.</summary>
internal sealed class Region : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _followed = [];

    private Region(IReadOnlyDictionary<string, PubSubComponent> components, IReadOnlyList<AppLink> links)
    {
        Components = components;
        Links = links;
    }

    public IReadOnlyDictionary<string, PubSubComponent> Components { get; }

    public IReadOnlyList<AppLink> Links { get; }

    /// <exception cref="InvalidDataException">A resource cannot be used.</exception>
    public static Region Load(SidecarOptions options, TimeProvider time, ILoggerFactory logging)
    {
        var resources = ResourceFile.Read(options.Resources);
        var components = resources.Components.ToDictionary(
            component => component.Metadata.Name,
            component => Load(component, resources.Resiliencies, options, time, logging),
            StringComparer.Ordinal);
        var logger = logging.CreateLogger("Dapr");
        var links = options.Apps.Select(app =>
        {
            var channel = new AppChannel(app, options.AppToken);
            var reader = new SubscriptionReader(channel.Http, resources.Subscriptions, components, logger);
            return new AppLink(app, channel, reader, components, time, logger);
        });
        return new Region(components, [.. links]);
    }

    public void Follow() => _followed.AddRange(Links.Select(link => Task.Run(() => link.RunAsync(_stopping.Token))));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_followed);
        foreach (var link in Links)
        {
            link.Channel.Dispose();
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
        if (component.Spec.Type != "pubsub.in-memory")
        {
            throw new InvalidDataException($"component '{name}' is of type '{component.Spec.Type}'; the local sidecar knows pubsub.in-memory.");
        }

        var users = options.Apps.Select(a => a.AppId).Where(component.IsFor).ToList();
        var file = Path.Combine(options.DataDirectory, $"broker-{name}.db");
        var broker = new FileBroker(file, users, time, logging.CreateLogger("Dapr.Broker"));
        return new PubSubComponent(component, broker, RetryPolicy.Inbound(name, resiliencies));
    }
}
