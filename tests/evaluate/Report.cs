using System.Globalization;

namespace Ecosystem.Evaluate;

/// <summary>A figure that was promised, and whether it is kept.</summary>
internal sealed record Goal(string Name, bool IsMet);

/// <summary>Prints one line per figure and remembers the goals.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Goal> _goals = [];

    public bool AllMet => _goals.TrueForAll(goal => goal.IsMet);

    public void Line(string task, string set, string metric, double value, double baseline) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"evaluate {task}.{set} {metric}={value:0.000} baseline={baseline:0.000}"));

    public void AtLeast(string task, string set, string metric, double value, double goal) =>
        _goals.Add(new Goal(string.Create(CultureInfo.InvariantCulture, $"{task}.{set} {metric} at least {goal:0.000} (is {value:0.000})"), value >= goal));

    public void Close()
    {
        string[] missed = [.. _goals.Where(goal => !goal.IsMet).Select(goal => goal.Name)];
        output.WriteLine(missed.Length == 0 ? $"all {_goals.Count} goals met" : $"not met: {string.Join("; ", missed)}");
    }
}
