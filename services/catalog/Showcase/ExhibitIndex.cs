using Ecosystem.Catalog.Areas;
using Ecosystem.Search;
using Google.Protobuf;

namespace Ecosystem.Catalog.Showcase;

/// <summary>Things of one kind as they are searched: built from the documents at start, then kept up with every change.</summary>
internal sealed class ExhibitIndex<T>(ExhibitKind<T> kind)
    where T : class, IMessage<T>, new()
{
    private readonly SearchIndex _index = new(new SearchSchema()
        .Text("title", boost: 4, lengthNormalization: 0.3)
        .Text("keywords", boost: 2.5, lengthNormalization: 0.3)
        .Text("description")
        .Text("names", boost: 0.8)
        .Keyword("theme")
        .Keyword("status")
        .Keyword("payer")
        .Keyword("target_group")
        .Keyword("language")
        .Keyword("point_of_care")
        .Keyword("provider")
        .Keyword("area"));

    private readonly Lock _writing = new();
    private readonly Dictionary<string, long> _versions = [];

    /// <summary>Makes a saved document searchable. Of several changes at once the newest stays, in whatever order they arrive.</summary>
    public void Put(ExhibitDocument<T> document)
    {
        lock (_writing)
        {
            if (_versions.GetValueOrDefault(document.Id) < document.Version)
            {
                _versions[document.Id] = document.Version;
                _index.Put(document.Id, [.. kind.SearchFieldsOf(document.Resource), .. OfferedAreas.Fields(kind.AreasOf(document.Resource))]);
            }
        }
    }

    public void Fill(IReadOnlyCollection<ExhibitDocument<T>> documents)
    {
        foreach (ExhibitDocument<T> document in documents)
        {
            Put(document);
        }
    }

    public void Remove(string id)
    {
        lock (_writing)
        {
            // A change that was saved before it was removed must not bring it back.
            _versions[id] = long.MaxValue;
            _index.Remove(id);
        }
    }

    public SearchResult Search(SearchQuery query) => _index.Search(query);
}
