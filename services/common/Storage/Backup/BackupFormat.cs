using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecosystem.Storage;

/// <summary>Gzip of JSON lines: a head that names the format, one line a record, and a foot that counts them, so that a cut file is noticed.</summary>
internal static class BackupFormat
{
    private const string Name = "ecosystem.storage.backup/1";

    private const long Lost = 1L << 32;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>
    /// Where a restored store goes on counting: far above every etag that was given out after the backup, so that none of those is ever
    /// taken for the etag of something else.
    /// </summary>
    public static long FirstRevisionAfter(long largestRestored) => largestRestored + Lost;

    public static async Task<BackupSummary> WriteAsync(Stream destination, IAsyncEnumerable<BackupRecord> records, CancellationToken ct)
    {
        await using var zip = new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true);
        await using var writer = new StreamWriter(zip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteLineAsync(JsonSerializer.Serialize(new Line { Format = Name }, Options).AsMemory(), ct);
        var summary = new BackupSummary(0, 0, 0);
        await foreach (var record in records.WithCancellation(ct))
        {
            summary = Count(summary, record);
            await writer.WriteLineAsync(JsonSerializer.Serialize(Of(record), Options).AsMemory(), ct);
        }

        await writer.WriteLineAsync(JsonSerializer.Serialize(new Line { Total = summary }, Options).AsMemory(), ct);
        return summary;
    }

    /// <summary>Reads lazily; the enumeration fails at the end when the counts differ.</summary>
    public static IEnumerable<BackupRecord> Read(Stream source, Action<BackupSummary> complete)
    {
        using var zip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        if (Next(reader)?.Format != Name)
            throw Unreadable("it does not begin like a backup of a store");

        var summary = new BackupSummary(0, 0, 0);
        while (Next(reader) is { } line)
        {
            if (line.Total is { } total)
            {
                if (total != summary)
                    throw Unreadable($"it says it has {total}, and has {summary}");
                complete(summary);
                yield break;
            }

            var record = Of(line);
            summary = Count(summary, record);
            yield return record;
        }

        throw Unreadable("it ends before its end");
    }

    private static Line? Next(StreamReader reader)
    {
        try
        {
            return reader.ReadLine() is { } text ? JsonSerializer.Deserialize<Line>(text, Options) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw Unreadable("a line of it cannot be read", broken);
        }
    }

    private static StoreDamagedException Unreadable(string why, Exception? inner = null) => new($"The backup cannot be restored: {why}. Nothing was written.", inner);

    private static BackupSummary Count(BackupSummary summary, BackupRecord record) => record switch
    {
        BackupRecord.Document => summary with { Documents = summary.Documents + 1 },
        BackupRecord.Waiting => summary with { Waiting = summary.Waiting + 1 },
        _ => summary with { Received = summary.Received + 1 },
    };

    private static Line Of(BackupRecord record) => record switch
    {
        BackupRecord.Document document => new Line { Type = document.Type, Document = document.Stored },
        BackupRecord.Waiting waiting => new Line { Waiting = waiting.Event },
        BackupRecord.Received received => new Line { Received = received },
        _ => throw new NotSupportedException(record.GetType().Name),
    };

    private static BackupRecord Of(Line line) => line switch
    {
        { Type: { } type, Document: { } document } => new BackupRecord.Document(type, document),
        { Waiting: { } waiting } => new BackupRecord.Waiting(waiting),
        { Received: { } received } => received,
        _ => throw Unreadable("a line of it is of an unknown kind"),
    };

    private sealed record Line
    {
        public string? Format { get; init; }

        public string? Type { get; init; }

        public StoredDocument? Document { get; init; }

        public OutboxEvent? Waiting { get; init; }

        public BackupRecord.Received? Received { get; init; }

        public BackupSummary? Total { get; init; }
    }
}
