namespace Ecosystem.Search;

/// <summary>A text field: searched, ranked and highlighted.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Boost">How much a word in this field counts compared with a field of boost 1. Above 0.</param>
/// <param name="LengthNormalization">BM25's b for this field, 0 (long texts are as good as short ones) to 1.</param>
public sealed record TextFieldOptions(string Name, double Boost, double LengthNormalization);

/// <summary>
/// The fields an index knows. Text fields are searched and ranked, keyword fields filter and count (facets), range fields filter by overlap.
/// A schema is complete before the first document arrives; it does not change afterwards.
/// </summary>
public sealed class SearchSchema
{
    private readonly List<TextFieldOptions> _text = [];
    private readonly List<string> _keywords = [];
    private readonly List<string> _ranges = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>BM25's k1: how soon further occurrences of a word stop to count. 1.2 is the usual value.</summary>
    public double TermSaturation { get; init; } = 1.2;

    /// <summary>The languages a query without a stated language is read in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["de", "en", "da"];

    /// <summary>The text fields in the order of their declaration.</summary>
    public IReadOnlyList<TextFieldOptions> TextFields => _text;

    /// <summary>The keyword fields in the order of their declaration.</summary>
    public IReadOnlyList<string> KeywordFields => _keywords;

    /// <summary>The range fields in the order of their declaration.</summary>
    public IReadOnlyList<string> RangeFields => _ranges;

    /// <summary>Declares a text field.</summary>
    /// <param name="name">The field's name, unique in the schema.</param>
    /// <param name="boost">How much a word in this field counts compared with a field of boost 1. Above 0.</param>
    /// <param name="lengthNormalization">BM25's b for this field, 0 to 1.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The boost is not above 0, or b is outside 0 to 1.</exception>
    public SearchSchema Text(string name, double boost = 1, double lengthNormalization = 0.75)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(boost);
        ArgumentOutOfRangeException.ThrowIfNegative(lengthNormalization);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthNormalization, 1);
        Claim(name);
        _text.Add(new TextFieldOptions(name, boost, lengthNormalization));
        return this;
    }

    /// <summary>Declares a keyword field: exact values, many per document, for filters and facets. Values compare ordinally.</summary>
    /// <param name="name">The field's name, unique in the schema.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public SearchSchema Keyword(string name)
    {
        Claim(name);
        _keywords.Add(name);
        return this;
    }

    /// <summary>Declares a range field: one closed interval of numbers per document (a period in days or years, an age, a count).</summary>
    /// <param name="name">The field's name, unique in the schema.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public SearchSchema Range(string name)
    {
        Claim(name);
        _ranges.Add(name);
        return this;
    }

    internal int TextOrdinal(string name) => _text.FindIndex(field => field.Name == name);

    internal int KeywordOrdinal(string name) => _keywords.IndexOf(name);

    internal int RangeOrdinal(string name) => _ranges.IndexOf(name);

    private void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_names.Add(name)) throw new ArgumentException($"The schema has a field '{name}' already.", nameof(name));
    }
}
