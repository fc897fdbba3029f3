using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Ecosystem.Storage.Sqlite;

/// <summary>
/// Completes the indexes that were declared since the last start, while documents are read and written. Only a query by such an index waits.
/// A start that dies begins again at the next one.
/// </summary>
internal sealed class SqliteIndexing(SqliteDatabase database, DocumentTypes types)
{
    private readonly ConcurrentDictionary<DocumentType, Unfinished> _unfinished = new();
    private readonly Lock _gate = new();
    private bool _isStarted;

    public async Task StartAsync(CancellationToken ct)
    {
        var names = await database.ReadAsync(
            session => session.Rows("SELECT type, ix FROM building", row => (Type: row.GetString(0), Index: row.GetString(1))), ct);
        lock (_gate)
        {
            if (_isStarted)
                return;

            _isStarted = true;
            foreach (var type in types.All.Where(type => names.Exists(name => name.Type == type.Name)))
                _unfinished[type] = new Unfinished([.. names.Where(name => name.Type == type.Name).Select(name => name.Index)]) { Work = CompleteAsync(type) };
        }
    }

    /// <summary>Returns when every index the query needs is complete.</summary>
    public Task ReadyAsync(DocumentType type, StoredQuery query, CancellationToken ct) =>
        _unfinished.TryGetValue(type, out var unfinished) && unfinished.IsNeededBy(query) ? AgainIfFailed(type, unfinished).WaitAsync(ct) : Task.CompletedTask;

    /// <summary>A disk that was full has room by now, perhaps: whoever needs the index tries again.</summary>
    private Task AgainIfFailed(DocumentType type, Unfinished unfinished)
    {
        lock (_gate)
        {
            return unfinished.Work.IsFaulted ? unfinished.Work = CompleteAsync(type) : unfinished.Work;
        }
    }

    private Task CompleteAsync(DocumentType type) => Task.Run(async () =>
    {
        var values = new SqliteIndexValues(type);
        try
        {
            var rows = await database.ReadAsync(session => values.Read(session, after: ""), CancellationToken.None);
            while (rows.Count > 0)
            {
                var computed = values.Compute(rows); // not within the write: others write meanwhile
                await database.WriteAsync(session => values.Write(session, computed), CancellationToken.None);
                rows = await database.ReadAsync(session => values.Read(session, rows[^1].Id), CancellationToken.None);
            }

            await database.WriteAsync(session => SqliteTypeSchema.Complete(session, type), CancellationToken.None);
            _unfinished.TryRemove(type, out _);
        }
        catch (ChannelClosedException)
        {
            // The host stops.
        }
    });

    private sealed class Unfinished(HashSet<string> indexes)
    {
        public required Task Work { get; set; }

        public bool IsNeededBy(StoredQuery query) =>
            query.Filters.Any(filter => indexes.Contains(filter.Index.Name)) || (query.Order is { } order && indexes.Contains(order.Name));
    }
}
