using System.Globalization;

namespace Ecosystem.Bench;

/// <summary>One line per comparison, and at the end whether every stated goal was met.</summary>
internal sealed class BenchReport(TextWriter output)
{
    private readonly List<string> _missed = [];
    private int _stated;

    public bool AllMet => _missed.Count == 0;

    /// <summary>A comparison of rates: more is better.</summary>
    /// <param name="name"><c>area.case</c>.</param>
    /// <param name="peer">Whom we are compared with.</param>
    /// <param name="ours">Our rates, one for each round.</param>
    /// <param name="theirs">The peer's rates, one for each round.</param>
    /// <param name="unit">Unit of both.</param>
    /// <param name="goal">The ratio wanted; null where none is stated.</param>
    public void Add(string name, string peer, IReadOnlyCollection<double> ours, IReadOnlyCollection<double> theirs, string unit, double? goal)
    {
        var (our, their) = (Median(ours), Median(theirs));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"bench {name}@{peer} ours={our:0.#} peer={their:0.#} ratio={our / their:0.00} unit={unit}"));
        Judge($"{name}@{peer}", our / their, goal);
    }

    /// <summary>A comparison of times: less is better. No goal is stated for them.</summary>
    public void AddTime(string name, string peer, double ours, double theirs, string unit) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"bench {name}@{peer} ours={ours:0.###} peer={theirs:0.###} ratio={theirs / ours:0.00} unit={unit}"));

    /// <summary>A figure that must stay below a limit, which stands in the place of the peer.</summary>
    public void Limit(string name, double ours, double limit, string unit)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench {name}@limit ours={ours:0.#} peer={limit:0.#} ratio={limit / ours:0.00} unit={unit}"));
        Judge($"{name}@limit", limit / ours, 1);
    }

    /// <summary>A figure that belongs to the lines above and has no goal.</summary>
    public void Note(string sentence) => output.WriteLine($"note {sentence}");

    /// <summary>A line of a table.</summary>
    public void Row(string markdown) => output.WriteLine(markdown);

    /// <summary>The last line.</summary>
    public void Close() => output.WriteLine(_stated == 0 ? "No goals are stated." : AllMet ? $"All {_stated} stated goals were met." : $"Not met: {string.Join("; ", _missed)}.");

    private void Judge(string name, double ratio, double? goal)
    {
        if (goal is null)
            return;
        _stated++;
        if (ratio < goal)
            _missed.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {ratio:0.00} instead of {goal:0.0}"));
    }

    private static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
