using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The data assets as they are searched: read back or built from the documents at start, then kept up with every change.</summary>
internal sealed class DataAssetIndex : IKeptIndex<DataAssetDocument>
{
    private static readonly object?[] Searchable =
        [.. Enum.GetValues<PublicationState>().Where(s => s != PublicationState.Withdrawn).Cast<object?>()];

    private SearchIndex _index = new(DataAssetFields.Schema());

    public SearchIndex Index => Volatile.Read(ref _index);

    public SearchSchema Schema => DataAssetFields.Schema();

    public DocumentQuery<DataAssetDocument> Expected => DocumentQuery.For(DataAssetDocument.Type).WhereAny("state", Searchable);

    /// <summary>Makes a saved document searchable. Of several changes at once the newest stays, in whatever order they arrive.</summary>
    public void Put(DataAssetDocument document) => Fill([document]);

    /// <summary>The same for many at once, which costs less than one by one.</summary>
    public void Fill(IReadOnlyCollection<DataAssetDocument> documents)
    {
        foreach (DataAssetDocument withdrawn in documents.Where(d => d.Asset.State == PublicationState.Withdrawn))
        {
            Index.Remove(withdrawn.Id, withdrawn.Version);
        }

        Index.PutMany(documents.Where(d => d.Asset.State != PublicationState.Withdrawn)
            .Select(d => new SearchDocument(d.Id, DataAssetFields.Of(d)) { Version = d.Version }));
    }

    public void Use(SearchIndex index) => Volatile.Write(ref _index, index);

    public SearchResult Search(SearchQuery query) => Index.Search(query);

    /// <summary>Takes out what was deleted; a change that was saved before must not bring it back.</summary>
    public void Remove(string id) => Index.Remove(id, long.MaxValue);
}
