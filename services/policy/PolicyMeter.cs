using System.Diagnostics.Metrics;

namespace Ecosystem.Policy;

/// <summary>Metrics of meter "Ecosystem.Policy": what sources of information answered, and how late watchers learn that a use is no longer permitted.</summary>
internal sealed class PolicyMeter
{
    public const string Name = "Ecosystem.Policy";

    private readonly Counter<long> _lookUps;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _watchDelay;
    private int _remembered;

    public PolicyMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _lookUps = meter.CreateCounter<long>("ecosystem.policy.information.lookups", "{question}", "Questions to sources of information, by source and outcome.");
        _duration = meter.CreateHistogram<double>("ecosystem.policy.information.duration", "s", "How long a source took to answer, or was waited for.");
        _watchDelay = meter.CreateHistogram<double>("ecosystem.policy.watch.delay", "s", "From the end of a use to its watcher being told.");
        meter.CreateObservableGauge("ecosystem.policy.information.remembered", () => _remembered, "{answer}", "Answers that are remembered.");
    }

    public void LookedUp(string source, string outcome) => _lookUps.Add(1, new("source", source), new KeyValuePair<string, object?>("outcome", outcome));

    public void LookedUp(string source, string outcome, TimeSpan duration)
    {
        LookedUp(source, outcome);
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("source", source));
    }

    public void Remember(int answers) => _remembered = answers;

    public void Told(TimeSpan delay) => _watchDelay.Record(Math.Max(0, delay.TotalSeconds)); // clocks of two replicas differ
}
