using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// Remembers, beyond the end of the sidecar, which app has told which topics: their queues have to be there before anything is published.
/// </summary>
internal sealed class TopicBook
{
    private readonly Lock _turn = new();
    private readonly string _file;
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> _topics;

    public TopicBook(string file)
    {
        _file = file;
        _topics = JsonFile.Read<Dictionary<string, Dictionary<string, Dictionary<string, string>>>>(file) ?? [];
    }

    /// <summary>What the app has told; null when it never has.</summary>
    public IReadOnlyList<ConsumedTopic>? Of(string appId)
    {
        lock (_turn)
        {
            return _topics.TryGetValue(appId, out var topics) ? [.. topics.Select(t => new ConsumedTopic(t.Key, t.Value))] : null;
        }
    }

    public void Write(string appId, IEnumerable<ConsumedTopic> topics)
    {
        lock (_turn)
        {
            _topics[appId] = topics.GroupBy(t => t.Topic, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.First().Metadata.ToDictionary());
            JsonFile.Write(_file, _topics);
        }
    }
}
