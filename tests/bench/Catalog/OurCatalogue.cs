using System.Collections.Concurrent;
using System.Diagnostics;
using Ecosystem.Search;

namespace Ecosystem.Bench.Catalog;

/// <summary>The index of the catalogue, with its fields and boosts.</summary>
internal sealed class OurCatalogue : ICatalogue
{
    private const int Batch = 2_000;

    private readonly ConcurrentDictionary<string, string> _deepPages = new(StringComparer.Ordinal);
    private SearchIndex _index = new(Schema());

    public string Name => "ours";

    public SearchIndex Index => _index;

    /// <summary>Saves the index, forgets it, and reads it back as a service does that starts again.</summary>
    /// <returns>How long until it answered the first question.</returns>
    public TimeSpan Restart(string folder)
    {
        new IndexFolder(folder, Schema(), "bench").Save(_index, position: 0);
        var held = _index.Count;
        _index = new SearchIndex(Schema());
        _deepPages.Clear();
        GC.Collect();
        var before = Stopwatch.GetTimestamp();
        var saved = new IndexFolder(folder, Schema(), "bench").Load();
        _index = saved.Index ?? throw new InvalidOperationException(saved.Problem);
        if (_index.Search(new SearchQuery { Text = "Diabetes" }).TotalHits == 0 || _index.Count != held)
            throw new InvalidOperationException("The index that was read back is not the one that was saved.");
        return Stopwatch.GetElapsedTime(before);
    }

    public async Task LoadAsync(int assets) => await Parallel.ForEachAsync(
        Enumerable.Range(0, (assets + Batch - 1) / Batch),
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        (batch, _) =>
        {
            _index.PutMany(Enumerable.Range(batch * Batch, Math.Min(Batch, assets - (batch * Batch))).Select(number => DocumentOf(Corpus.Asset(number))));
            return ValueTask.CompletedTask;
        });

    public Task<int> AskAsync(Question question)
    {
        var query = QueryOf(question);
        if (question.Kind == QuestionKind.Deep)
            query = query with { PageToken = _deepPages.GetOrAdd(question.Words[0], _ => DeepPage(query)) };
        return Task.FromResult(_index.Search(query).Hits.Count);
    }

    public static SearchDocument DocumentOf(Asset asset) => new(asset.Id,
    [
        SearchField.Text("title", asset.Title, "de"), SearchField.Text("description", asset.Description, "de"),
        .. asset.Keywords.Select(keyword => SearchField.Text("keywords", keyword, "de")),
        SearchField.Text("names", asset.Holder, "de"), SearchField.Text("names", asset.City, "de"),
        .. Facets.Names.Zip(asset.Facets.All).SelectMany(facet => facet.Second.Select(value => SearchField.Keyword(facet.First, value))),
    ]);

    public ValueTask DisposeAsync()
    {
        _index = new SearchIndex(Schema());
        return ValueTask.CompletedTask;
    }

    private static SearchQuery QueryOf(Question question) => new()
    {
        Text = question.Kind == QuestionKind.Phrase ? $"\"{string.Join(' ', question.Words)}\"" : string.Join(' ', question.Words),
        PageSize = Question.PageSize,
        SnippetLength = 0, // peers show none either
        Filters = question.Theme is null ? [] : [SearchFilter.AnyOf("theme", question.Theme), SearchFilter.AnyOf("state", "published")],
        Facets = question.Theme is null ? [] : Facets.Names,
    };

    /// <summary>The token that a reader has who came that far; getting there is not measured.</summary>
    private string DeepPage(SearchQuery query)
    {
        var last = string.Empty;
        for (var place = 0; place < Question.DeepPlace; place += SearchQuery.LargestPage)
        {
            if (_index.Search(query with { PageSize = SearchQuery.LargestPage, PageToken = last }).NextPageToken is not { } next)
                break;
            last = next;
        }

        return last;
    }

    private static SearchSchema Schema() => Facets.Names.Aggregate(
        new SearchSchema()
            .Text("title", boost: 4, lengthNormalization: 0.3)
            .Text("keywords", boost: 2.5, lengthNormalization: 0.3)
            .Text("description")
            .Text("names", boost: 0.8),
        (schema, facet) => schema.Keyword(facet));
}
