using Ecosystem.Catalog.DataAssets;
using Ecosystem.Search;

namespace Ecosystem.Catalog.SavedSearches.Matching;

/// <summary>
/// Asks saved searches of one asset before and after a change. The engine that answers searches decides, over an index of these two: what
/// inflection, compounds, phrases and exclusions mean here is what they mean there. The words of the searches stand beside them in the index,
/// because for words that occur nowhere the engine looks for similar ones, and of those nobody wants to be told.
/// </summary>
internal sealed class NewMatches
{
    private const string After = "after";
    private const string Before = "before";

    private readonly SearchIndex _index = new(DataAssetFields.Schema());

    public NewMatches(DataAssetDocument after, DataAssetDocument? before, IEnumerable<Watch> asked)
    {
        List<SearchDocument> documents = [new(After, DataAssetFields.Of(after)), .. asked.Select(w => new SearchDocument(w.Id, [SearchField.Text("description", w.Criteria.Query)]))];
        if (before is not null)
        {
            documents.Add(new SearchDocument(Before, DataAssetFields.Of(before)));
        }

        _index.PutMany(documents);
    }

    public bool Has(Watch watch)
    {
        SearchResult found = _index.Search(new SearchQuery
        {
            Text = watch.Criteria.Query,
            Words = WordMatch.All,
            TolerateTypos = false,
            Filters = [SearchFilter.AnyOf("visible_to", DataAssetDocument.Everybody), .. DataAssetFields.FiltersOf(watch.Criteria)],
            PageSize = 2,
            SnippetLength = 0,
        });
        return found.Hits.Any(h => h.Id == After) && found.Hits.All(h => h.Id != Before);
    }
}
