using Ecosystem.Search;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The data assets as they are searched: built from the documents at start, then kept up with every change.</summary>
internal sealed class DataAssetIndex
{
    private readonly SearchIndex _index = new(DataAssetFields.Schema());

    private readonly Lock _writing = new();
    private readonly Dictionary<string, long> _versions = [];

    /// <summary>Makes a saved document searchable. Of several changes at once the newest stays, in whatever order they arrive.</summary>
    public void Put(DataAssetDocument document)
    {
        lock (_writing)
        {
            if (_versions.GetValueOrDefault(document.Id) < document.Version)
            {
                _versions[document.Id] = document.Version;
                if (document.Asset.State == V1.PublicationState.Withdrawn)
                {
                    _index.Remove(document.Id);
                }
                else
                {
                    _index.Put(document.Id, DataAssetFields.Of(document));
                }
            }
        }
    }

    /// <summary>The same for many at once, which costs less than one by one.</summary>
    public void Fill(IReadOnlyCollection<DataAssetDocument> documents)
    {
        lock (_writing)
        {
            DataAssetDocument[] newer = [.. documents.Where(d => _versions.GetValueOrDefault(d.Id) < d.Version)];
            foreach (DataAssetDocument document in newer)
            {
                _versions[document.Id] = document.Version;
            }

            foreach (DataAssetDocument withdrawn in newer.Where(d => d.Asset.State == V1.PublicationState.Withdrawn))
            {
                _index.Remove(withdrawn.Id);
            }

            _index.PutMany(newer.Where(d => d.Asset.State != V1.PublicationState.Withdrawn).Select(d => new SearchDocument(d.Id, DataAssetFields.Of(d))));
        }
    }

    public SearchResult Search(SearchQuery query) => _index.Search(query);

    public void Remove(string id)
    {
        lock (_writing)
        {
            _versions.Remove(id);
            _index.Remove(id);
        }
    }
}
