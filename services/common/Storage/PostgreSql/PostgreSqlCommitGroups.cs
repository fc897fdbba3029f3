namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// Units of work that arrive while commits are on their way to the server share the next one, which costs hardly more than one of them. When
/// a shared commit is refused, each of its units has its own, so that only the one at fault hears of it.
/// </summary>
/// <param name="commit">Applies everything or nothing.</param>
internal sealed class PostgreSqlCommitGroups(Func<ChangeSet, CancellationToken, Task<long>> commit)
{
    private const int AtOnce = 4;
    private const int LargestGroup = 64;

    private readonly Lock _turn = new();
    private readonly LinkedList<Unit> _waiting = [];
    private int _running;

    public Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        Unit? waiting = null;
        lock (_turn)
        {
            if (_running < AtOnce)
                _running++;
            else
                _waiting.AddLast(waiting = new Unit(changes, ct));
        }

        return waiting is null ? AloneAsync(changes, ct) : WaitAsync(waiting, ct);
    }

    private async Task<long> AloneAsync(ChangeSet changes, CancellationToken ct)
    {
        try
        {
            return await commit(changes, ct);
        }
        finally
        {
            if (Take() is { Count: > 0 } group)
                Start(group);
        }
    }

    private async Task<long> WaitAsync(Unit unit, CancellationToken ct)
    {
        await using var givenUp = ct.Register(() =>
        {
            lock (_turn)
            {
                if (_waiting.Remove(unit)) // once taken it is decided by the server, not by the caller's patience
                    unit.Result.TrySetCanceled(ct);
            }
        });
        return await unit.Result.Task;
    }

    /// <summary>What goes next in the place of a commit that has ended: no two units that change the same. Nothing gives the place up.</summary>
    private List<Unit> Take()
    {
        var group = new List<Unit>();
        var changed = new HashSet<object>();
        lock (_turn)
        {
            for (var node = _waiting.First; node is not null && group.Count < LargestGroup;)
            {
                var (unit, next) = (node.Value, node.Next);
                if (!changed.Overlaps(unit.Changed))
                {
                    _waiting.Remove(node);
                    group.Add(unit);
                }

                changed.UnionWith(unit.Changed);
                node = next;
            }

            if (group.Count == 0)
                _running--;
        }

        return group;
    }

    private void Start(List<Unit> group)
    {
        using var alone = ExecutionContext.SuppressFlow(); // it belongs to no single request
        _ = Task.Run(async () =>
        {
            for (; group.Count > 0; group = Take())
                await CommitAsync(group);
        });
    }

    private async Task CommitAsync(List<Unit> group)
    {
        try
        {
            var revision = await commit(ChangeSet.Of([.. group.Select(unit => unit.Changes)]), group.Count == 1 ? group[0].Patience : CancellationToken.None);
            group.ForEach(unit => unit.Result.SetResult(revision));
        }
        catch (Exception away) when (away is StoreUnavailableException || group.Count == 1)
        {
            group.ForEach(unit => unit.Result.SetException(away));
        }
        catch (Exception)
        {
            foreach (var unit in group)
                await CommitAsync([unit]); // and the one at fault throws what it would have thrown alone
        }
    }

    private sealed record Unit(ChangeSet Changes, CancellationToken Patience)
    {
        public TaskCompletionSource<long> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<object> Changed { get; } =
        [
            .. Changes.Received.Select(key => (object)key),
            .. Changes.Deletes.Select(delete => (delete.Type.Name, delete.Id)),
            .. Changes.Writes.Select(write => (write.Type.Name, write.Id)),
        ];
    }
}
