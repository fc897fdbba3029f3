using Ecosystem.Search;

namespace Ecosystem.Catalog.Competences;

/// <summary>The competences as they are searched: built from the documents at start, then kept up with every change.</summary>
internal sealed class CompetenceIndex
{
    private readonly SearchIndex _index = new(CompetenceFields.Schema());
    private readonly Lock _writing = new();
    private readonly Dictionary<string, long> _versions = [];

    /// <summary>Makes a saved document searchable. Of several changes at once the newest stays, in whatever order they arrive.</summary>
    public void Put(CompetenceDocument document)
    {
        lock (_writing)
        {
            if (_versions.GetValueOrDefault(document.Id) < document.Version)
            {
                _versions[document.Id] = document.Version;
                _index.Put(document.Id, CompetenceFields.Of(document.Competence));
            }
        }
    }

    public void Fill(IReadOnlyCollection<CompetenceDocument> documents)
    {
        foreach (CompetenceDocument document in documents)
        {
            Put(document);
        }
    }

    public SearchResult Search(SearchQuery query) => _index.Search(query);
}
