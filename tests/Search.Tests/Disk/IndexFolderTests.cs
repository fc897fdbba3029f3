using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Search.Tests.Disk;

public sealed class IndexFolderTests : IDisposable
{
    private static readonly SearchQuery Everything = new() { PageSize = 1000, Facets = ["theme"] };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-search-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_index_answers_as_before()
    {
        SearchIndex before = Filled(300);
        before.Remove("doc-017");
        before.Put("doc-018", SearchField.Text("title", "Ganz anders \uD800", "de"), SearchField.Keyword("theme", "NEW"));

        Folder().Save(before, position: 42, mark: "a");
        SavedIndex saved = Folder().Load();

        Assert.Null(saved.Problem);
        Assert.Equal((42, "a"), (saved.Position, saved.Mark));
        foreach (SearchQuery query in (SearchQuery[])[Everything, new() { Text = "Bestand 7" }, new() { Text = "\"ganz anders\"" },
            new() { Text = "Bestnd" }, new() { Filters = [SearchFilter.Overlaps("period", 2003, 2004)], PageSize = 1000 }])
        {
            AssertSame(before.Search(query), saved.Index!.Search(query));
        }
    }

    [Fact]
    public void What_is_written_after_a_restart_is_found_beside_what_was_saved()
    {
        Folder().Save(Filled(100), position: 1);
        SearchIndex index = Folder().Load().Index!;

        index.Put("doc-000", SearchField.Text("title", "Ersetzt", "de"));
        index.Put("new", SearchField.Text("title", "Neuzugang", "de"));
        index.Remove("doc-001");

        Assert.Equal(100, index.Count);
        Assert.Equal(["new"], index.Search(new SearchQuery { Text = "Neuzugang" }).Hits.Select(hit => hit.Id));
        Assert.Equal(["doc-000"], index.Search(new SearchQuery { Text = "Ersetzt" }).Hits.Select(hit => hit.Id));
    }

    [Fact]
    public void Versions_survive_so_that_an_older_change_does_not_replace_a_newer_one()
    {
        var index = new SearchIndex(Schema());
        index.PutMany([new SearchDocument("one", [SearchField.Text("title", "neu", "de")]) { Version = 5 }]);
        Folder().Save(index, position: 1);

        SearchIndex restored = Folder().Load().Index!;
        restored.PutMany([new SearchDocument("one", [SearchField.Text("title", "alt", "de")]) { Version = 4 }]);

        Assert.Equal(5, restored.VersionOf("one"));
        Assert.Equal(1, restored.Search(new SearchQuery { Text = "neu" }).TotalHits);
    }

    [Fact]
    public void A_save_writes_only_what_is_new_and_takes_away_what_is_not_needed()
    {
        IndexFolder folder = Folder();
        SearchIndex index = Filled(600);
        folder.Save(index, position: 1);
        var first = Files();
        index.Put("another", SearchField.Text("title", "Bestand", "de"));

        folder.Save(index, position: 2);

        Assert.Equal(first.Count + 1, Files().Count);
        Assert.All(first.Where(file => file.Key != "manifest"), file => Assert.Equal(file.Value, Files()[file.Key]));
        File.WriteAllText(Path.Combine(_folder.FullName, "segment-77.tmp"), "left by a process that was killed");
        folder.Save(Filled(3), position: 3);
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public void Any_damaged_byte_is_noticed_and_told() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (place, change) =>
    {
        Folder().Save(Filled(20), position: 1);
        FileInfo[] files = [.. _folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal)];
        FileInfo file = files[place % files.Length];
        byte[] bytes = File.ReadAllBytes(file.FullName);
        bytes[place / files.Length % bytes.Length] ^= (byte)change;
        File.WriteAllBytes(file.FullName, bytes);

        SavedIndex saved = Folder().Load();

        Assert.Null(saved.Index);
        Assert.Contains(_folder.FullName, saved.Problem, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_file_that_is_missing_or_cut_off_is_noticed_and_told()
    {
        foreach (Action<FileInfo> harm in (Action<FileInfo>[])[file => file.Delete(), file => File.WriteAllBytes(file.FullName, File.ReadAllBytes(file.FullName)[..^9])])
        {
            Folder().Save(Filled(20), position: 1);
            harm(_folder.GetFiles("segment-*").First());

            SavedIndex saved = Folder().Load();

            Assert.Null(saved.Index);
            Assert.Contains("segment-", saved.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_schema_or_another_build_makes_the_index_anew()
    {
        Folder().Save(Filled(20), position: 1);

        Assert.Contains("other fields", new IndexFolder(_folder.FullName, Schema().Keyword("more"), "build 1").Load().Problem, StringComparison.Ordinal);
        Assert.Contains("another version", new IndexFolder(_folder.FullName, Schema(), "build 2").Load().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_while_others_write_holds_one_moment_whole()
    {
        const int batch = 9;
        var index = new SearchIndex(Schema());
        IndexFolder folder = Folder();
        Task writing = Task.Run(() =>
        {
            for (int generation = 0; generation < 200; generation++)
            {
                string name = generation.ToString(CultureInfo.InvariantCulture);
                index.PutMany(Enumerable.Range(0, batch).Select(number => new SearchDocument($"doc-{number}", [SearchField.Keyword("theme", name)])));
            }
        });
        while (!writing.IsCompleted)
        {
            folder.Save(index, position: 1);
            IReadOnlyList<FacetCount> themes = Folder().Load().Index!.Search(Everything).Facets["theme"];
            Assert.True(themes.Count == 0 || themes is [{ Count: batch }]);
        }
        await writing;
    }

    private static SearchSchema Schema() => new SearchSchema().Text("title", boost: 3).Text("text").Keyword("theme").Range("period");

    private static SearchIndex Filled(int documents)
    {
        var index = new SearchIndex(Schema());
        index.PutMany(Enumerable.Range(0, documents).Select(number => new SearchDocument($"doc-{number:000}",
        [
            SearchField.Text("title", $"Bestand {number}", "de"), SearchField.Text("text", $"Häusliche Pflege, Band {number % 7}", "de"),
            SearchField.Keyword("theme", $"theme-{number % 5}"), SearchField.Range("period", 2000 + (number % 10), 2001 + (number % 10)),
        ])));
        return index;
    }

    private static void AssertSame(SearchResult expected, SearchResult actual)
    {
        Assert.Equal(expected.TotalHits, actual.TotalHits);
        Assert.Equal(expected.Hits.Select(hit => (hit.Id, hit.Score, string.Join('|', hit.Snippets))), actual.Hits.Select(hit => (hit.Id, hit.Score, string.Join('|', hit.Snippets))));
        Assert.Equal(expected.Facets.Select(facet => (facet.Key, string.Join('|', facet.Value))), actual.Facets.Select(facet => (facet.Key, string.Join('|', facet.Value))));
    }

    private IndexFolder Folder() => new(_folder.FullName, Schema(), "build 1");

    private Dictionary<string, DateTime> Files() => _folder.GetFiles().ToDictionary(file => file.Name, file => file.LastWriteTimeUtc, StringComparer.Ordinal);
}
