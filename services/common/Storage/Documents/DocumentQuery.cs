namespace Ecosystem.Storage;

/// <summary>Starts a query: <c>DocumentQuery.For(DataAssetDocument.Type).Where("holder", id).OrderBy("title").Page(size, token)</c>.</summary>
public static class DocumentQuery
{
    /// <summary>A query over every document of the type, ordered by identifier.</summary>
    public static DocumentQuery<T> For<T>(DocumentType<T> type) where T : class => new(type);
}

/// <summary>
/// A question over declared indexes; conditions are combined by "and". Immutable: each call returns a new query.
/// </summary>
public sealed record DocumentQuery<T>
    where T : class
{
    /// <summary>Documents on a page when the caller does not say.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>More than this are never returned on one page; larger requests are cut to it (AIP-158).</summary>
    public const int MaximumPageSize = 1000;

    internal DocumentQuery(DocumentType<T> type) => Type = type;

    internal DocumentType<T> Type { get; }

    internal IReadOnlyList<DocumentFilter> Filters { get; private init; } = [];

    internal DocumentIndex? Order { get; private init; }

    internal bool IsDescending { get; private init; }

    internal int PageSize { get; private init; } = DefaultPageSize;

    internal string? PageToken { get; private init; }

    internal bool CountsTotal { get; private init; } = true;

    /// <summary>The index has this value (for an index of many: contains it). <see langword="null"/> asks for documents without a value.</summary>
    public DocumentQuery<T> Where(string index, object? value) => WhereAny(index, [value]);

    /// <summary>The index has (or contains) at least one of these values. No value at all matches nothing.</summary>
    public DocumentQuery<T> WhereAny(string index, IEnumerable<object?> values)
    {
        var declared = Type.IndexNamed(index);
        return With(new DocumentFilter.AnyOf(declared, [.. values.Select(value => IndexValue.Of(value, declared)).Distinct()]));
    }

    /// <summary>The value is at least <paramref name="from"/> and less than <paramref name="before"/>; <see langword="null"/> is no limit.</summary>
    public DocumentQuery<T> WhereRange(string index, object? from, object? before)
    {
        var declared = Single(index);
        return With(new DocumentFilter.Range(declared, IndexValue.Of(from, declared), IndexValue.Of(before, declared)));
    }

    /// <summary>The text begins with <paramref name="prefix"/>, compared by code point.</summary>
    public DocumentQuery<T> WherePrefix(string index, string prefix) =>
        WhereRange(index, prefix, prefix + char.ConvertFromUtf32(0x10FFFF)); // the highest code point sorts after every continuation

    /// <summary>Ascending by an index, then by identifier. Documents without a value come first.</summary>
    public DocumentQuery<T> OrderBy(string index) => this with { Order = Single(index), IsDescending = false };

    /// <summary>Descending by an index, then by identifier. Documents without a value come last.</summary>
    public DocumentQuery<T> OrderByDescending(string index) => this with { Order = Single(index), IsDescending = true };

    /// <summary>Chooses the page (AIP-158).</summary>
    /// <param name="size">0 is the default (50); at most 1000.</param>
    /// <param name="token">From the last page; <see langword="null"/> or empty begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public DocumentQuery<T> Page(int size, string? token = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return this with { PageSize = size == 0 ? DefaultPageSize : Math.Min(size, MaximumPageSize), PageToken = token };
    }

    /// <summary>Leaves <see cref="DocumentPage{T}.TotalSize"/> at -1: counting costs time in proportion to the matches.</summary>
    public DocumentQuery<T> WithoutTotal() => this with { CountsTotal = false };

    private DocumentQuery<T> With(DocumentFilter filter) => this with { Filters = [.. Filters, filter] };

    private DocumentIndex Single(string name) => Type.IndexNamed(name) is { IsMany: false } index
        ? index
        : throw new ArgumentException($"Index '{name}' has many values per document: it can be asked for any of them, not ordered or ranged.", nameof(name));
}
