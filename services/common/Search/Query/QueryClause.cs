namespace Ecosystem.Search;

/// <summary>One way to read a word or phrase: its terms with their distances, and how much a match counts.</summary>
internal sealed record Reading(IReadOnlyList<string> Terms, IReadOnlyList<int> Offsets, double Weight)
{
    internal static Reading Word(string term, double weight = 1) => new([term], [0], weight);

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
/// <param name="Times">How often it was written; a word said twice counts twice.</param>
internal sealed record QueryClause(string Source, Occurrence Occurrence, IReadOnlyList<Reading> Readings, int Times);
