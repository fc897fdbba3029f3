using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>
/// Which saves of an index folder the store has seen. It goes with the store into backups: an index that holds more than a restored store
/// carries a mark that this one does not know.
/// </summary>
internal sealed class SavedIndexDocument
{
    public static readonly DocumentType<SavedIndexDocument> Type = new DocumentType<SavedIndexDocument>("saved_indexes", d => d.Id)
        .Index("changed", d => d.Time);

    /// <summary>A folder that was not saved to for so long is given up; where it is not, it is built anew.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int Remembered = 20;

    /// <summary>Stands for the folder.</summary>
    public required string Id { get; init; }

    /// <summary>The marks of its last saves, newest first.</summary>
    public IReadOnlyList<string> Marks { get; set; } = [];

    /// <summary>When it was saved to last, in Unix milliseconds.</summary>
    public long Time { get; set; }

    public void Add(string mark, DateTimeOffset now)
    {
        Marks = [mark, .. Marks.Take(Remembered - 1)];
        Time = now.ToUnixTimeMilliseconds();
    }
}
