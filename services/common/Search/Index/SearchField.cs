namespace Ecosystem.Search;

/// <summary>One value of one field of a document. A field with several values is given several times.</summary>
public abstract record SearchField
{
    private SearchField(string name) => Name = name;

    /// <summary>The field's name in the <see cref="SearchSchema"/>.</summary>
    public string Name { get; }

    /// <summary>A text that is searched, ranked and highlighted.</summary>
    /// <param name="name">A text field of the schema.</param>
    /// <param name="text">The text; null and empty are allowed and index nothing.</param>
    /// <param name="language">Its language as a BCP 47 tag; null when it is not known.</param>
    public static SearchField Text(string name, string? text, string? language = null) => new TextValue(name, text ?? "", language);

    /// <summary>An exact value for filters and facets.</summary>
    /// <param name="name">A keyword field of the schema.</param>
    /// <param name="value">The value; compared ordinally.</param>
    public static SearchField Keyword(string name, string value) => new KeywordValue(name, value);

    /// <summary>A closed interval of numbers.</summary>
    /// <param name="name">A range field of the schema.</param>
    /// <param name="from">The lower end; negative infinity when open.</param>
    /// <param name="to">The upper end; positive infinity when open.</param>
    public static SearchField Range(string name, double from, double to) => new RangeValue(name, from, to);

    /// <summary>One number, as the interval that begins and ends there.</summary>
    /// <param name="name">A range field of the schema.</param>
    /// <param name="value">The number.</param>
    public static SearchField Number(string name, double value) => new RangeValue(name, value, value);

    internal sealed record TextValue(string Name, string Value, string? Language) : SearchField(Name);

    internal sealed record KeywordValue(string Name, string Value) : SearchField(Name);

    internal sealed record RangeValue(string Name, double From, double To) : SearchField(Name);
}

/// <summary>A document to be found: its id and its field values.</summary>
/// <param name="Id">What identifies it; ties in ranking are broken by it (order of its UTF-8 bytes).</param>
/// <param name="Fields">The values, in any order.</param>
public sealed record SearchDocument(string Id, IReadOnlyList<SearchField> Fields)
{
    /// <summary>
    /// Rises with every change of the document, where changes may arrive in another order than they were made: then only a higher version
    /// replaces a lower one. 0 always replaces.
    /// </summary>
    public long Version { get; init; }
}
