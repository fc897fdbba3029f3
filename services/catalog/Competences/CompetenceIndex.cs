using Ecosystem.Catalog.Rules;
using Ecosystem.Search;

namespace Ecosystem.Catalog.Competences;

/// <summary>The competences as they are searched: built from the documents at start, then kept up with every change.</summary>
internal sealed class CompetenceIndex
{
    private readonly SearchIndex _index = new(new SearchSchema()
        .Text("title", boost: 4, lengthNormalization: 0.3)
        .Text("methods", boost: 2.5, lengthNormalization: 0.3)
        .Text("description")
        .Text("names", boost: 0.8));

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
                _index.Put(document.Id, FieldsOf(document));
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

    private static SearchField[] FieldsOf(CompetenceDocument document)
    {
        V1.Competence competence = document.Competence;
        return
        [
            .. SearchTexts.Fields("title", competence.Title),
            .. SearchTexts.Fields("description", competence.Description),
            .. competence.Methods.Concat(competence.Modalities).Concat(competence.Skills).Select(m => SearchField.Text("methods", m)),
            .. competence.Evidence.Select(e => SearchField.Text("description", e.Statement)),
            SearchField.Text("names", competence.Provider.Name),
        ];
    }
}
