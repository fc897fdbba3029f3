using RabbitMQ.Client;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// Keeps everything that is published for an app which has never said what it wants, in one queue <c>{app-id}.early</c>. Once it has
/// said, what it wants is put into its own queues, in the order of publishing, before anything newer gets there.
/// </summary>
internal static class EarlyQueue
{
    public static string Of(string appId) => appId + ".early";

    public static Task DeclareAsync(IChannel channel, string appId, CancellationToken ct) =>
        channel.QueueDeclareAsync(Of(appId), durable: true, exclusive: false, autoDelete: false, cancellationToken: ct);

    /// <summary>Bound with every key, because nobody knows yet which the app will ask for.</summary>
    public static Task BindAsync(IChannel channel, string appId, string topic, string exchangeKind, CancellationToken ct) =>
        channel.QueueBindAsync(Of(appId), topic, exchangeKind == "topic" ? "#" : "", cancellationToken: ct);

    /// <summary>Moves what is there into the app's queues, and forgets what it does not want.</summary>
    /// <param name="queues">The app's queues by topic.</param>
    public static async Task EmptyIntoAsync(IChannel channel, ConfirmedChannel publishing, string appId, IReadOnlyDictionary<string, string> queues, CancellationToken ct)
    {
        // Another sidecar may have been quicker, and have removed it.
        await DeclareAsync(channel, appId, ct);
        while (await channel.BasicGetAsync(Of(appId), autoAck: false, ct) is { } message)
        {
            if (queues.TryGetValue(message.Exchange, out var queue))
            {
                await publishing.PublishAsync([new Publishing("", queue, new BasicProperties(message.BasicProperties), message.Body.ToArray())], ct);
            }

            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
        }
    }

    public static Task RemoveAsync(IChannel channel, string appId, CancellationToken ct) => channel.QueueDeleteAsync(Of(appId), cancellationToken: ct);
}
