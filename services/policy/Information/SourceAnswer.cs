using Ecosystem.Odrl;

namespace Ecosystem.Policy.Information;

/// <summary>What a source answered, or why it did not.</summary>
/// <param name="Values">The values by left operand; what is not in it the source does not know.</param>
/// <param name="Problem">Why there is no answer; null when there is one.</param>
/// <param name="Until">Until when it is taken for true.</param>
internal sealed record SourceAnswer(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, Sentence? Problem, DateTimeOffset Until)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Nothing = new(StringComparer.Ordinal);

    /// <summary>How much of the memory it takes.</summary>
    public int Characters { get; } = 200 + Values.Sum(known => known.Key.Length + known.Value.Sum(value => 40 + value.Length));

    public static SourceAnswer None(Sentence problem, DateTimeOffset until) => new(Nothing, problem, until);
}
