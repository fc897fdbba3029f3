using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Search;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The data assets as they are searched: built from the documents at start, then kept up with every change.</summary>
internal sealed class DataAssetIndex
{
    private readonly SearchIndex _index = new(new SearchSchema()
        .Text("title", boost: 4, lengthNormalization: 0.3)
        .Text("keywords", boost: 2.5, lengthNormalization: 0.3)
        .Text("description")
        .Text("names", boost: 0.8)
        .Keyword("theme")
        .Keyword("area")
        .Keyword("visible_to"));

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
                    _index.Put(document.Id, FieldsOf(document));
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

            _index.PutMany(newer.Where(d => d.Asset.State != V1.PublicationState.Withdrawn).Select(d => new SearchDocument(d.Id, FieldsOf(d))));
        }
    }

    public SearchResult Search(SearchQuery query) => _index.Search(query);

    /// <summary>Assets that cover the area as a whole, lie in it, or cover a part of it.</summary>
    public static SearchFilter Covers(string areaKey) =>
        SearchFilter.AnyOf("area", [$"in:{areaKey}", .. AreaNames.Containing(areaKey).Select(key => $"at:{key}")]);

    public static SearchFilter VisibleTo(Caller caller) => SearchFilter.AnyOf("visible_to", DataAssetDocument.SeenBy(caller));

    public void Remove(string id)
    {
        lock (_writing)
        {
            _versions.Remove(id);
            _index.Remove(id);
        }
    }

    private static SearchField[] FieldsOf(DataAssetDocument document)
    {
        V1.DataAsset asset = document.Asset;
        return
        [
            .. SearchTexts.Fields("title", asset.Title),
            .. SearchTexts.Fields("description", asset.Description),
            .. asset.Keywords.Select(k => SearchField.Text("keywords", k.Text, k.Language.Length == 0 ? null : k.Language)),
            SearchField.Text("names", asset.Holder.Name),
            SearchField.Text("names", asset.Publisher?.Name),
            .. asset.Areas.Select(a => SearchField.Text("names", a.Name)),
            .. asset.Themes.Select(t => SearchField.Keyword("theme", t)),
            .. asset.Areas.Select(a => SearchField.Keyword("area", $"at:{a.Key}")),
            .. asset.Areas.SelectMany(a => AreaNames.Containing(a.Key)).Distinct().Select(key => SearchField.Keyword("area", $"in:{key}")),
            .. document.VisibleTo().Select(who => SearchField.Keyword("visible_to", who)),
        ];
    }
}
