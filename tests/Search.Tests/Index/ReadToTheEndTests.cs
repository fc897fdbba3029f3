using System.Globalization;

namespace Ecosystem.Search.Tests.Index;

/// <summary>A large result is read page by page to its end; tests/bench does the same with a million.</summary>
public sealed class ReadToTheEndTests
{
    private const int Documents = 20_000;

    private readonly SearchIndex _index = new(new SearchSchema().Text("title").Keyword("theme"));

    public ReadToTheEndTests() => _index.PutMany(Enumerable.Range(0, Documents).Select(number => new SearchDocument(Id(number),
    [
        SearchField.Text("title", $"Bestand {string.Join(' ', Enumerable.Repeat("Pflege", number % 5))} {number}", "de"),
        SearchField.Keyword("theme", number % 4 == 0 ? "HEAL" : "TECH"),
    ])));

    [Theory]
    [InlineData("Bestand", Documents)]
    [InlineData("", Documents)]
    [InlineData("Pflege", Documents * 4 / 5)]
    public void Every_hit_is_read_once_and_the_better_ones_first(string text, int expected)
    {
        List<SearchHit> read = ReadAll(new SearchQuery { Text = text, PageSize = 1000, SnippetLength = 0 }, betweenPages: _ => { });

        Assert.Equal(expected, read.Count);
        Assert.Equal(expected, read.Select(hit => hit.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(read.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal).Select(hit => hit.Id), read.Select(hit => hit.Id));
    }

    [Fact]
    public void Who_reads_while_others_write_reads_what_was_there_at_the_beginning()
    {
        var query = new SearchQuery { Text = "Bestand", Filters = [SearchFilter.AnyOf("theme", "HEAL")], PageSize = 250, SnippetLength = 0 };

        List<SearchHit> read = ReadAll(query, betweenPages: page =>
        {
            _index.Put($"new-{page:000}", SearchField.Text("title", "Bestand Bestand", "de"), SearchField.Keyword("theme", "HEAL"));
            _index.Remove(Id(page * 4));
            _index.Put(Id(Documents - 4 - (page * 4)), SearchField.Text("title", "Ganz anderes", "de"));
        });

        Assert.Equal(Enumerable.Range(0, Documents / 4).Select(number => Id(number * 4)), read.Select(hit => hit.Id).Order(StringComparer.Ordinal));
    }

    private List<SearchHit> ReadAll(SearchQuery query, Action<int> betweenPages)
    {
        var read = new List<SearchHit>();
        SearchResult page = _index.Search(query);
        for (int number = 0; ; number++)
        {
            read.AddRange(page.Hits);
            if (page.NextPageToken is not { } next) return read;
            betweenPages(number);
            page = _index.Search(query with { PageToken = next });
        }
    }

    private static string Id(int number) => number.ToString("D8", CultureInfo.InvariantCulture);
}
