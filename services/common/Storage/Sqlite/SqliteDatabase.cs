using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>One file, one writer, any number of readers (WAL). The file belongs to one process at a time.</summary>
internal sealed class SqliteDatabase(string path, SqliteSchema schema) : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Lock _opening = new();
    private FileStream? _ownership;
    private SqliteWriter? _writer;

    public string Path => path;

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken ct) => Writer().RunAsync(work, ct);

    /// <summary>Reads from one consistent snapshot. SQLite has no asynchronous reads; they come from the page cache.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Writer();
        if (!_readers.TryTake(out var reader))
            reader = NewReader();
        try
        {
            return Task.FromResult(read(reader));
        }
        catch (SqliteException error) when (!ReferenceEquals(SqliteErrors.Explain(error, path), error))
        {
            throw SqliteErrors.Explain(error, path);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    public void Open() => Writer();

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
            await _writer.DisposeAsync();
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        if (_ownership is not null)
            await _ownership.DisposeAsync();
    }

    private SqliteWriter Writer()
    {
        if (_writer is not null)
            return _writer;

        lock (_opening)
        {
            return _writer ??= OpenWriter();
        }
    }

    private SqliteWriter OpenWriter()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        _ownership ??= Own();
        try
        {
            if (!File.Exists(path))
                SqliteSchema.Create(path);
            return new SqliteWriter(schema.Open(path), path);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Explain(error, path);
        }
    }

    /// <summary>Two processes on one file would each believe to hold the claims of the outbox. The lock ends with the process, however it ends.</summary>
    private FileStream Own()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse)
        {
            throw new StoreUnavailableException(
                $"'{path}' is in use by another process. Stop it, or give this one a store of its own (Storage:Path); several replicas need PostgreSQL.", inUse);
        }
    }

    private SqliteSession NewReader()
    {
        var reader = new SqliteSession(path, SqliteOpenMode.ReadWrite);
        reader.Execute("PRAGMA query_only = 1");
        reader.Execute("PRAGMA cache_size = -8000"); // kibibytes
        return reader;
    }
}
