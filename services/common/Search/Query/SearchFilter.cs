namespace Ecosystem.Search;

/// <summary>A condition on a document's keyword or range field. Filters on one field and facets of the same field do not hide each other.</summary>
public abstract record SearchFilter
{
    private SearchFilter(string field) => Field = field;

    /// <summary>The field in the schema.</summary>
    public string Field { get; }

    /// <summary>Says the whole filter; two filters with the same text accept the same.</summary>
    internal abstract string Identity { get; }

    /// <summary>At least one of the document's values is one of these.</summary>
    /// <param name="field">A keyword field.</param>
    /// <param name="values">The accepted values; none accepts nothing.</param>
    public static SearchFilter AnyOf(string field, params IReadOnlyCollection<string> values) => new Values(field, values, Accepts: true);

    /// <summary>None of the document's values is one of these.</summary>
    /// <param name="field">A keyword field.</param>
    /// <param name="values">The refused values.</param>
    public static SearchFilter NoneOf(string field, params IReadOnlyCollection<string> values) => new Values(field, values, Accepts: false);

    /// <summary>
    /// At least one of the document's values begins with one of these: codes that are hierarchies by their digits, such as the German AGS
    /// ("05" Land, "05913" Kreis, "05913000" municipality) or NUTS.
    /// </summary>
    /// <param name="field">A keyword field.</param>
    /// <param name="prefixes">The accepted beginnings.</param>
    public static SearchFilter StartsWith(string field, params IReadOnlyCollection<string> prefixes) => new Prefixes(field, prefixes);

    /// <summary>The document's interval and this one have a point in common; a document without an interval does not match.</summary>
    /// <param name="field">A range field.</param>
    /// <param name="from">The lower end; negative infinity when open.</param>
    /// <param name="to">The upper end; positive infinity when open.</param>
    public static SearchFilter Overlaps(string field, double from, double to) => new Interval(field, from, to);

    internal sealed record Values(string Field, IReadOnlyCollection<string> Of, bool Accepts) : SearchFilter(Field)
    {
        internal override string Identity { get; } = $"{Field}={Accepts}:{string.Join('\u001F', Of)}";
    }

    internal sealed record Prefixes(string Field, IReadOnlyCollection<string> Of) : SearchFilter(Field)
    {
        internal override string Identity { get; } = $"{Field}=^{string.Join('\u001F', Of)}";
    }

    internal sealed record Interval(string Field, double From, double To) : SearchFilter(Field)
    {
        internal override string Identity { get; } = FormattableString.Invariant($"{Field}={From}..{To}");
    }
}
