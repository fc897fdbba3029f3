namespace Ecosystem.Storage;

/// <summary>A condition on one declared index.</summary>
internal abstract record DocumentFilter(DocumentIndex Index)
{
    /// <summary>The index has one of these values; null stands for no value.</summary>
    internal sealed record AnyOf(DocumentIndex Index, IReadOnlyList<object?> Values) : DocumentFilter(Index);

    /// <summary>The value is at least <paramref name="From"/> and less than <paramref name="Before"/>; null is no limit.</summary>
    internal sealed record Range(DocumentIndex Index, object? From, object? Before) : DocumentFilter(Index);
}
