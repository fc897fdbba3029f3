using System.Diagnostics.Metrics;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>Metrics of meter "Ecosystem.Messaging": backlog and age of the outbox, what was sent and received, and how late.</summary>
internal sealed class MessagingMeter
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _received;
    private readonly Histogram<double> _lag;
    private readonly TimeProvider _time;
    private OutboxState _outbox = new(0, Oldest: null);

    public MessagingMeter(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MessagingTelemetry.Name);
        _sent = meter.CreateCounter<long>("ecosystem.outbox.sent", "{event}", "Events the broker took.");
        _refused = meter.CreateCounter<long>("ecosystem.outbox.refused", "{event}", "Attempts the broker refused.");
        _received = meter.CreateCounter<long>("ecosystem.inbox.received", "{event}", "Deliveries by outcome.");
        _lag = meter.CreateHistogram<double>("ecosystem.inbox.lag", "s", "From publishing to having been applied.");
        meter.CreateObservableGauge("ecosystem.outbox.backlog", () => _outbox.Count, "{event}", "Events that wait to be sent.");
        meter.CreateObservableGauge("ecosystem.outbox.age", Age, "s", "Age of the oldest event that waits.");
    }

    public void Observe(OutboxState state) => _outbox = state;

    public void Sent(string topic, int count) => _sent.Add(count, new KeyValuePair<string, object?>("topic", topic));

    public void Refused(string topic) => _refused.Add(1, new KeyValuePair<string, object?>("topic", topic));

    public void Received(string type, DeliveryOutcome outcome) => _received.Add(
        1, new KeyValuePair<string, object?>("type", type), new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public void Applied(string type, TimeSpan lag) =>
        _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("type", type)); // clocks of two machines differ

    private double Age() => _outbox.Oldest is { } oldest ? Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds) : 0;
}
