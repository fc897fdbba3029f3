using System.Globalization;

namespace Ecosystem.Search.Tests.Index;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Readers_see_each_batch_whole_or_not_at_all()
    {
        const int batch = 7;
        var index = new SearchIndex(new SearchSchema().Text("title").Keyword("generation"));
        using var done = new CancellationTokenSource();

        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                SearchResult found = index.Search(new SearchQuery { Text = "Bestand", Facets = ["generation"] });
                Assert.True(found.TotalHits is 0 or batch);
                Assert.InRange(found.Facets["generation"].Count, 0, 1);
            }
        }))];
        for (int generation = 0; generation < 300; generation++)
        {
            string name = generation.ToString(CultureInfo.InvariantCulture);
            index.PutMany(Enumerable.Range(0, batch).Select(number => new SearchDocument(
                $"doc-{number}", [SearchField.Text("title", $"Bestand {number}", "de"), SearchField.Keyword("generation", name)])));
        }
        await done.CancelAsync();

        await Task.WhenAll(readers);
        Assert.Equal([new FacetCount("299", batch)], index.Search(new SearchQuery { Facets = ["generation"] }).Facets["generation"]);
    }

    [Fact]
    public async Task Writers_of_different_documents_do_not_lose_each_others_work()
    {
        var index = new SearchIndex(new SearchSchema().Text("title"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int number = 0; number < 200; number++) index.Put($"{writer}-{number}", SearchField.Text("title", $"Bestand {number}", "de"));
        })));

        Assert.Equal(800, index.Count);
        Assert.Equal(4, index.Search(new SearchQuery { Text = "\"Bestand 17\"" }).TotalHits);
    }
}
