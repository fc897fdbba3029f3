namespace Ecosystem.Search;

/// <summary>Refuses documents that do not fit the schema before anything is changed.</summary>
internal static class SchemaCheck
{
    internal static void Verify(SearchSchema schema, SearchDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (string.IsNullOrEmpty(document.Id)) throw new ArgumentException("A document needs an id.", nameof(document));
        foreach (SearchField field in document.Fields)
        {
            (int ordinal, string kind) = field switch
            {
                SearchField.TextValue => (schema.TextOrdinal(field.Name), "text"),
                SearchField.KeywordValue => (schema.KeywordOrdinal(field.Name), "keyword"),
                _ => (schema.RangeOrdinal(field.Name), "range"),
            };
            if (ordinal < 0)
            {
                throw new ArgumentException($"The schema has no {kind} field '{field.Name}'. Declare it in the SearchSchema of this index.", nameof(document));
            }
        }
    }
}
