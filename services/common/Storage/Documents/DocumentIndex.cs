namespace Ecosystem.Storage;

/// <summary>One declared index of a document type.</summary>
/// <param name="Name">Lower case with underscores.</param>
/// <param name="Kind">How values compare.</param>
/// <param name="IsMany">Several values per document.</param>
/// <param name="IsUnique">No two documents share a value; documents without a value are not compared.</param>
/// <param name="Values">Reads the values of a document: a string, long or double each; a single null where there is none.</param>
internal sealed record DocumentIndex(
    string Name, IndexKind Kind, bool IsMany, bool IsUnique, Func<object, IEnumerable<object?>> Values)
{
    /// <summary>The value of an index that has one per document.</summary>
    public object? ValueOf(object document) => Values(document).First();

    /// <summary>
    /// Where stores with several replicas keep the values: the version of the type and how they compare are part of the key, so that
    /// releases which differ in them share a store.
    /// </summary>
    public string KeyIn(DocumentType type)
    {
        var comparison = IsMany ? "many" : IsUnique ? "unique_" + Kind : Kind.ToString();
        return $"{Name}_{comparison.ToLowerInvariant()}_{type.Version}";
    }
}
