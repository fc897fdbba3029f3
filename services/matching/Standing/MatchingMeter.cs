using System.Diagnostics.Metrics;

namespace Ecosystem.Matching.Standing;

/// <summary>Metrics of meter "Ecosystem.Matching": how long what is new waits until its matches are saved, and with them the events that announce them.</summary>
internal sealed class MatchingMeter
{
    public const string Name = "Ecosystem.Matching";

    private readonly Histogram<double> _waited;

    public MatchingMeter(IMeterFactory meters) => _waited = meters.Create(Name).CreateHistogram<double>(
        "ecosystem.matching.wait", "s", "From the moment an item is new, changed or back to the moment its matches are saved and announced.");

    /// <param name="milliseconds">At least 0: clocks of two copies differ.</param>
    public void Matched(long milliseconds) => _waited.Record(Math.Max(0, milliseconds) / 1000.0);
}
