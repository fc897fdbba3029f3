using System.Globalization;

namespace Ecosystem.Search.Tests.Disk;

/// <summary>
/// A process that changes and saves an index without end. Each generation replaces all documents and names itself in them and in the position,
/// so that a mixture of two would show.
/// </summary>
internal static class SavingProcess
{
    internal const int Documents = 400;

    internal static IndexFolder FolderAt(string path) => new(path, Schema(), "killed");

    internal static int Run(string path)
    {
        IndexFolder folder = FolderAt(path);
        SavedIndex saved = folder.Load();
        SearchIndex index = saved.Index ?? new SearchIndex(Schema());
        for (long generation = saved.Position + 1; ; generation++)
        {
            string name = generation.ToString(CultureInfo.InvariantCulture);
            index.PutMany(Enumerable.Range(0, Documents).Select(number => new SearchDocument(
                $"doc-{number}", [SearchField.Text("title", $"Bestand {number} im Stand {name}", "de"), SearchField.Keyword("generation", name)])));
            folder.Save(index, generation);
            Console.WriteLine(name);
        }
    }

    private static SearchSchema Schema() => new SearchSchema().Text("title").Keyword("generation");
}
