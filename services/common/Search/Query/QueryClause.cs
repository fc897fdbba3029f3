namespace Ecosystem.Search;

/// <summary>One way to read a word or phrase: its terms with their distances, and how much a match counts.</summary>
internal sealed record Reading(IReadOnlyList<string> Terms, IReadOnlyList<int> Offsets, double Weight)
{
    internal static Reading Word(string term, double weight = 1) => new([term], [0], weight);

    /// <summary>Two words that count when they stand at most so many places apart, in either order.</summary>
    internal static Reading Near(string first, string second, int places) => new([first, second], [0, 1], Weight: 1) { Places = places };

    /// <summary>How many places apart the two terms may stand; 0 where they must stand as their offsets say.</summary>
    internal int Places { get; private init; }

    /// <summary>Whether it is what was written, not what may have been meant.</summary>
    internal bool IsExact => Weight >= 1;

    internal bool IsPhrase => Terms.Count > 1;
}

internal enum Occurrence
{
    Optional,
    Required,
    Excluded,
}

/// <summary>One word or phrase of a query, with the readings it has in the languages in question. Any of them fulfils it.</summary>
/// <param name="Source">What the person wrote.</param>
/// <param name="Occurrence">Whether it may, must or must not occur.</param>
/// <param name="Readings">The readings; at least one.</param>
/// <param name="Weight">How much it counts: a word said twice counts twice.</param>
internal sealed record QueryClause(string Source, Occurrence Occurrence, IReadOnlyList<Reading> Readings, double Weight)
{
    /// <summary>Whether it is one word, which can be misspelt or part of a compound.</summary>
    internal bool IsWord => !Readings[0].IsPhrase;
}
