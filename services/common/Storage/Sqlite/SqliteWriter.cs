using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>
/// The only writer of a file. Units of work that arrive while a commit is on its way to the disk share the next one: each is
/// all or nothing by its own savepoint, and none is acknowledged before the disk has it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly Task _loop;

    public SqliteWriter(SqliteSession session, string path)
    {
        _session = session;
        _path = path;
        _loop = Task.Run(RunAsync);
    }

    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        var item = new Work<T>(work);
        await _queue.Writer.WriteAsync(item, ct);
        return await item.Result.Task; // once queued it is decided by the disk, not by the caller's patience
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _session.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<Work>(LargestGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var work))
                group.Add(work);
            Commit(group);
        }
    }

    private void Commit(List<Work> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            if (group is [var alone])
                RunAlone(alone);
            else
                RunTogether(group);
            group.ForEach(work => work.Acknowledge());
        }
        catch (SqliteException error)
        {
            RollBack();
            var reason = SqliteErrors.Explain(error, _path);
            group.ForEach(work => work.Fail(reason));
        }
    }

    /// <summary>The transaction is all it needs: a savepoint around a lone unit of work would cost a tenth of it.</summary>
    private void RunAlone(Work work)
    {
        try
        {
            work.Apply(_session);
        }
        catch (Exception refusal) when (refusal is not SqliteException || IsDefect((SqliteException)refusal))
        {
            RollBack();
            work.Refuse(refusal);
            return;
        }

        _session.Execute("COMMIT");
    }

    private void RunTogether(List<Work> group)
    {
        group.ForEach(Run);
        _session.Execute("COMMIT");
    }

    /// <summary>A refusal (a guard, a unique value) undoes this unit of work only; a failing file ends the whole group.</summary>
    private void Run(Work work)
    {
        _session.Execute("SAVEPOINT work");
        try
        {
            work.Apply(_session);
        }
        catch (Exception refusal) when (refusal is not SqliteException || IsDefect((SqliteException)refusal))
        {
            _session.Execute("ROLLBACK TO work");
            work.Refuse(refusal);
        }

        _session.Execute("RELEASE work");
    }

    private bool IsDefect(SqliteException error) => ReferenceEquals(SqliteErrors.Explain(error, _path), error);

    private void RollBack()
    {
        try
        {
            // Some failures (disk full, for one) have rolled back already; SQLite then reports that no transaction is active.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_session.Connection.Handle) == 0)
                _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A rollback that reports a failure has nevertheless ended the transaction; what is wrong shows at the next BEGIN.
        }
    }

    private abstract class Work
    {
        public abstract void Apply(SqliteSession session);

        public abstract void Acknowledge();

        public abstract void Refuse(Exception refusal);

        public abstract void Fail(Exception reason);
    }

    private sealed class Work<T>(Func<SqliteSession, T> work) : Work
    {
        private T? _value;
        private Exception? _refusal;

        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Apply(SqliteSession session) => _value = work(session);

        public override void Refuse(Exception refusal) => _refusal = refusal;

        public override void Acknowledge()
        {
            if (_refusal is null)
                Result.SetResult(_value!);
            else
                Result.SetException(_refusal);
        }

        public override void Fail(Exception reason) => Result.SetException(_refusal ?? reason);
    }
}
