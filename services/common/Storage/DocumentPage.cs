namespace Ecosystem.Storage;

/// <summary>One page of a query (AIP-158).</summary>
/// <param name="Items">The documents of this page in the order of the query.</param>
/// <param name="NextPageToken">Opaque; <see langword="null"/> on the last page. Valid for the same query only.</param>
/// <param name="TotalSize">How many documents match in all, or -1 when the query asked not to count.</param>
public sealed record DocumentPage<T>(IReadOnlyList<T> Items, string? NextPageToken, long TotalSize);
