using System.Globalization;

namespace Ecosystem.Search;

/// <summary>What a folder held: an index and how far in the feed of changes it has come; or nothing, and why.</summary>
/// <param name="Index">The index; null when there was none that can be used.</param>
/// <param name="Position">The position that was saved with it.</param>
/// <param name="Mark">The mark that was saved with it; empty when there was none.</param>
/// <param name="Problem">Why there is none, as a sentence; null when there is one.</param>
public sealed record SavedIndex(SearchIndex? Index, long Position, string Mark, string? Problem);

/// <summary>
/// Keeps an index in a folder, so that a restart need not read all documents. Each save is whole or did not happen: segments are written under a
/// temporary name, brought to the disk and renamed, and the manifest, which names them with length and checksum, is put in place last and in
/// one step. A process that is killed leaves the old or the new state. The folder is a copy: the documents stay the truth, and what is
/// damaged is told and made anew from them.
/// </summary>
/// <param name="path">The folder; made when it is missing. One process at a time.</param>
/// <param name="schema">The schema of the index.</param>
/// <param name="identity">
/// What the saved form depends on besides the schema, such as the build that turns documents into fields: an index with another identity is not used.
/// </param>
public sealed class IndexFolder(string path, SearchSchema schema, string identity)
{
    private const string ManifestName = "manifest";
    private const string Temporary = ".tmp";

    private readonly Lock _saving = new();
    private readonly Dictionary<Segment, SavedSegment> _known = [];
    private readonly string _identity = $"{Describe(schema)}\n{typeof(IndexFolder).Module.ModuleVersionId}\n{identity}";
    private long _next = 1;
    private (long Generation, long Position) _last = (-1, -1);

    /// <summary>Reads what was saved last. Never throws for what it finds in the files; says it instead.</summary>
    public SavedIndex Load()
    {
        lock (_saving)
        {
            try
            {
                string file = Path.Combine(path, ManifestName);
                if (!File.Exists(file)) return new SavedIndex(null, 0, "", "Nothing was saved yet.");
                Manifest manifest = Manifest.Read(File.ReadAllBytes(file));
                if (manifest.Identity != _identity) return new SavedIndex(null, 0, "", "It was saved by another version of this service or with other fields.");
                return new SavedIndex(new SearchIndex(schema, [.. manifest.Segments.Select(Read)]), manifest.Position, manifest.Mark, null);
            }
            catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException
                or ArgumentException or IndexOutOfRangeException or OverflowException or OutOfMemoryException)
            {
                _known.Clear();
                return new SavedIndex(null, 0, "", $"The saved index in '{path}' cannot be used: {problem.Message}");
            }
        }
    }

    /// <summary>Saves the present state of an index. What did not change since the last save is not written again.</summary>
    /// <param name="index">The index; it may go on being searched and changed.</param>
    /// <param name="position">How far in the feed of changes the index has come; what <see cref="SavedIndex.Position"/> will say.</param>
    /// <param name="mark">What the caller knows this save by, for example to see that the documents are still the ones it was made from.</param>
    /// <exception cref="IOException">The disk refuses; what was saved before is still there.</exception>
    public void Save(SearchIndex index, long position, string mark = "")
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(mark);
        lock (_saving)
        {
            Snapshot snapshot = index.Current;
            if (_last == (snapshot.Generation, position)) return;
            Directory.CreateDirectory(path);
            SavedSegment[] segments = Array.ConvertAll(snapshot.Segments, view => Known(view.Segment) with { Deleted = [.. view.Deleted.All()] });
            Replace(ManifestName, stream => stream.Write(new Manifest(_identity, position, mark, segments).Write()));
            _last = (snapshot.Generation, position);
            Forget(snapshot);
        }
    }

    private static string Describe(SearchSchema schema) => string.Join(
        '\n', [.. schema.TextFields.Select(field => $"text {field.Name}"), .. schema.KeywordFields.Select(field => $"keyword {field}"), .. schema.RangeFields.Select(field => $"range {field}")]);

    private SegmentView Read(SavedSegment saved)
    {
        using var stream = new FileStream(Path.Combine(path, Path.GetFileName(saved.File)), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        if (stream.Length != saved.Length) throw new InvalidDataException(Wrong(saved, $"has {stream.Length} bytes and not {saved.Length}"));
        var reader = new SectionReader(stream);
        Segment segment;
        try
        {
            segment = SegmentFile.Read(reader, schema);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException(Wrong(saved, $"is damaged: {problem.Message}"), problem);
        }
        if (reader.Sum != saved.Sum) throw new InvalidDataException(Wrong(saved, "does not have the checksum it should have"));
        _known[segment] = saved;
        return new SegmentView(segment, saved.Deleted.Aggregate(DeletedDocuments.None, (deleted, document) => deleted.With(document)));
    }

    private static string Wrong(SavedSegment saved, string what) => string.Create(CultureInfo.InvariantCulture, $"'{saved.File}' {what}.");

    private SavedSegment Known(Segment segment)
    {
        if (_known.TryGetValue(segment, out SavedSegment? known)) return known;
        string name = FreeName();
        SectionWriter? writer = null;
        Replace(name, stream =>
        {
            writer = new SectionWriter(stream);
            SegmentFile.Write(writer, schema, segment);
        });
        return _known[segment] = new SavedSegment(name, writer!.Length, writer.Sum, []);
    }

    private string FreeName()
    {
        while (true)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"segment-{_next++}");
            if (!File.Exists(Path.Combine(path, name))) return name;
        }
    }

    private void Replace(string name, Action<Stream> write)
    {
        string target = Path.Combine(path, name);
        using (var stream = new FileStream(target + Temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(target + Temporary, target, overwrite: true);
    }

    /// <summary>Files that no manifest names any more, and what a killed process left behind.</summary>
    private void Forget(Snapshot snapshot)
    {
        foreach (Segment gone in _known.Keys.Except(snapshot.Segments.Select(view => view.Segment)).ToArray()) _known.Remove(gone);
        var needed = _known.Values.Select(saved => saved.File).Append(ManifestName).ToHashSet(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(path))
        {
            if (!needed.Contains(Path.GetFileName(file))) File.Delete(file);
        }
    }
}
