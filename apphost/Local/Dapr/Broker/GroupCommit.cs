using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ecosystem.AppHost.Local.Dapr.Broker;

/// <summary>
/// The only writer of a SQLite file. What arrives while one transaction is flushed to disk is committed together by the next, so that
/// full durability costs one flush per group and not one per message.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int LargestGroup = 512;
    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Task _writer;

    public GroupCommit(SqliteConnection connection)
    {
        _connection = connection;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Runs the change in a transaction and returns when it is on disk.</summary>
    /// <exception cref="BrokerException">It is not.</exception>
    public Task RunAsync(Action<SqliteTransaction> change)
    {
        var write = new Write(change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _writes.Writer.TryWrite(write) ? write.Done.Task : throw new ObjectDisposedException(nameof(GroupCommit));
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        await _connection.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        while (await _writes.Reader.WaitToReadAsync())
        {
            var group = new List<Write>();
            while (group.Count < LargestGroup && _writes.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            if (Commit(group) is { } failure)
            {
                // One bad write must not fail its neighbours: each gets its own transaction and its own answer.
                foreach (var write in group)
                {
                    Answer(write, group.Count == 1 ? failure : Commit([write]));
                }
            }
            else
            {
                group.ForEach(write => Answer(write, failure: null));
            }
        }
    }

    private SqliteException? Commit(List<Write> group)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            group.ForEach(write => write.Change(transaction));
            transaction.Commit();
            return null;
        }
        catch (SqliteException e)
        {
            return e;
        }
    }

    private static void Answer(Write write, SqliteException? failure)
    {
        if (failure is null)
        {
            write.Done.SetResult();
        }
        else
        {
            write.Done.SetException(new BrokerException(failure.Message, failure));
        }
    }

    private sealed record Write(Action<SqliteTransaction> Change, TaskCompletionSource Done);
}
