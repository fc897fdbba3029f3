namespace Ecosystem.Bench.Catalog;

/// <summary>Chooses among similar words, as peers need it for misspelt ones.</summary>
internal static class Neighbourhood
{
    public const int Candidates = 50;

    /// <summary>Whether one letter more, less or other makes the one of the other.</summary>
    public static bool IsOneEditAway(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 1)
            return false;
        var prefix = left.AsSpan().CommonPrefixLength(right);
        var leftRest = left.AsSpan(Math.Min(left.Length, left.Length >= right.Length ? prefix + 1 : prefix));
        var rightRest = right.AsSpan(Math.Min(right.Length, right.Length >= left.Length ? prefix + 1 : prefix));
        return leftRest.SequenceEqual(rightRest);
    }

    public static IEnumerable<string> Trigrams(string word) => Enumerable.Range(0, Math.Max(0, word.Length - 2)).Select(at => word.Substring(at, 3));
}
