namespace Ecosystem.Search;

/// <summary>How many of the words must occur.</summary>
public enum WordMatch
{
    /// <summary>One is enough; documents with more and rarer ones come first.</summary>
    Any,

    /// <summary>Every word must occur, each in any field.</summary>
    All,
}

/// <summary>What is looked for.</summary>
public sealed record SearchQuery
{
    /// <summary>The largest page that is served.</summary>
    public const int LargestPage = 1000;

    /// <summary>
    /// Words, "quoted phrases" (must occur as they stand, inflection aside) and -excluded words or -"phrases". Empty finds everything, ordered by id.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>The language of <see cref="Text"/> as a BCP 47 tag; null when it is not known: then every language of the schema is tried.</summary>
    public string? Language { get; init; }

    /// <summary>Whether quotes and a leading hyphen have their meaning in <see cref="Text"/>; false for text that nobody wrote as a query.</summary>
    public bool Operators { get; init; } = true;

    /// <summary>How many of the words must occur.</summary>
    public WordMatch Words { get; init; } = WordMatch.Any;

    /// <summary>Whether a word that occurs nowhere is read as the words that differ from it by one letter.</summary>
    public bool TolerateTypos { get; init; } = true;

    /// <summary>
    /// Whether a German word also finds compounds that end in it ("Versicherung" finds "Krankenversicherung"), and a word that occurs nowhere
    /// the compounds that begin with it and the words it ends in. Such matches count less.
    /// </summary>
    public bool ExpandCompounds { get; init; } = true;

    /// <summary>
    /// How much it counts that neighbouring words of the query are neighbours in the document too, compared with the words themselves; 0 is not
    /// at all.
    /// </summary>
    public double Nearness { get; init; } = 0.3;

    /// <summary>Conditions that all must hold; they do not influence the ranking.</summary>
    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Keyword fields whose values are counted over the documents found.</summary>
    public IReadOnlyList<string> Facets { get; init; } = [];

    /// <summary>How many values of each facet are returned, most frequent first.</summary>
    public int FacetSize { get; init; } = 20;

    /// <summary>Boosts for this query by text field, in place of those of the schema; 0 leaves a field out.</summary>
    public IReadOnlyDictionary<string, double> Boosts { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Hits per page, 0 to <see cref="LargestPage"/>; 0 asks for counts only.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Where to go on: <see cref="SearchResult.NextPageToken"/> of the page before, with the other members unchanged.</summary>
    public string? PageToken { get; init; }

    /// <summary>About how many characters a snippet shows; 0 asks for none.</summary>
    public int SnippetLength { get; init; } = 180;

    /// <summary>Whether each hit says which words it was found by, in which field, and with what weight.</summary>
    public bool Explain { get; init; }
}
