using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>
/// The only writer of a file. Whoever finds nobody writing writes on its own thread, so that a lone caller waits for the disk and for nothing
/// else. Units of work that arrive while a commit is on its way to the disk share the next one: each is all or nothing by its own savepoint,
/// and none is acknowledged before the disk has it.
/// </summary>
internal sealed class SqliteWriter(SqliteSession session, string path) : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(4096);
    private readonly List<Work> _group = new(LargestGroup);
    private readonly SemaphoreSlim _pen = new(1);

    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        var item = new Work<T>(work);
        await _queue.Writer.WriteAsync(item, ct);
        if (_pen.Wait(0, CancellationToken.None))
        {
            CommitNext();
            PassOn();
        }

        return await item.Result.Task; // once queued it is decided by the disk, not by the caller's patience
    }

    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        await _queue.Reader.Completion;
        await _pen.WaitAsync(); // for good: a caller whose work another one did may still look for it
        session.Dispose();
    }

    /// <summary>A caller writes one group at most: what came in meanwhile, a thread of the pool writes.</summary>
    private void PassOn()
    {
        if (_queue.Reader.TryPeek(out _))
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.CommitAll(), this, preferLocal: false);
        else
            PutDown();
    }

    private void CommitAll()
    {
        while (_queue.Reader.TryPeek(out _))
            CommitNext();
        PutDown();
    }

    private void PutDown()
    {
        _pen.Release();
        if (_queue.Reader.TryPeek(out _) && _pen.Wait(0, CancellationToken.None)) // it came after the last look, and found the pen taken
            PassOn();
    }

    private void CommitNext()
    {
        _group.Clear();
        while (_group.Count < LargestGroup && _queue.Reader.TryRead(out var work))
            _group.Add(work);
        if (_group.Count > 0)
            Commit(_group);
    }

    private void Commit(List<Work> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            if (group is [var alone])
                RunAlone(alone);
            else
                RunTogether(group);
            group.ForEach(work => work.Acknowledge());
        }
        catch (SqliteException error)
        {
            RollBack();
            var reason = SqliteErrors.Explain(error, path);
            group.ForEach(work => work.Fail(reason));
        }
    }

    /// <summary>The transaction is all it needs: a savepoint around a lone unit of work would cost a tenth of it.</summary>
    private void RunAlone(Work work)
    {
        try
        {
            work.Apply(session);
        }
        catch (Exception refusal) when (refusal is not SqliteException || IsDefect((SqliteException)refusal))
        {
            RollBack();
            work.Refuse(refusal);
            return;
        }

        session.Execute("COMMIT");
    }

    private void RunTogether(List<Work> group)
    {
        group.ForEach(Run);
        session.Execute("COMMIT");
    }

    /// <summary>A refusal (a guard, a unique value) undoes this unit of work only; a failing file ends the whole group.</summary>
    private void Run(Work work)
    {
        session.Execute("SAVEPOINT work");
        try
        {
            work.Apply(session);
        }
        catch (Exception refusal) when (refusal is not SqliteException || IsDefect((SqliteException)refusal))
        {
            session.Execute("ROLLBACK TO work");
            work.Refuse(refusal);
        }

        session.Execute("RELEASE work");
    }

    private bool IsDefect(SqliteException error) => ReferenceEquals(SqliteErrors.Explain(error, path), error);

    private void RollBack()
    {
        try
        {
            // Some failures (disk full, for one) have rolled back already; SQLite then reports that no transaction is active.
            if (SQLitePCL.raw.sqlite3_get_autocommit(session.Connection.Handle) == 0)
                session.Execute("ROLLBACK");
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
