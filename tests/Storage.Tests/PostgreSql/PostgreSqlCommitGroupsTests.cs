using System.Collections.Concurrent;
using Ecosystem.Storage.PostgreSql;

namespace Ecosystem.Storage.Tests;

/// <summary>Which units of work share a commit, decided without a server: the test says when a commit ends, and how.</summary>
public sealed class PostgreSqlCommitGroupsTests
{
    private const int AtOnce = 4;

    private readonly TaskCompletionSource _ends = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string[]> _commits = new();
    private readonly PostgreSqlCommitGroups _groups;

    public PostgreSqlCommitGroupsTests() => _groups = new PostgreSqlCommitGroups(CommitAsync);

    private Exception? Refusal { get; set; }

    [Fact]
    public async Task Units_that_arrive_while_commits_are_on_their_way_share_the_next()
    {
        var first = Start("a", "b", "c", "d");
        var waiting = Start("e", "f", "g");
        Assert.Equal(AtOnce, _commits.Count);

        _ends.SetResult();
        await Task.WhenAll([.. first, .. waiting]);

        Assert.Equal(["a", "b", "c", "d", "e f g"], _commits.Select(ids => string.Join(' ', ids)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Units_that_change_one_document_never_share_a_commit()
    {
        var all = Start("a", "b", "c", "d", "e", "e", "e", "f");

        _ends.SetResult();
        await Task.WhenAll(all);

        Assert.All(_commits, ids => Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids));
        Assert.Equal(3, _commits.Count(ids => ids.Contains("e")));
    }

    [Fact]
    public async Task Only_the_unit_at_fault_hears_of_a_refusal()
    {
        Refusal = new UniqueConstraintException("clinics", "register", "bad");
        var first = Start("a", "b", "c", "d");
        var waiting = Start("e", "bad", "f");

        _ends.SetResult();
        await Task.WhenAll([.. first, waiting[0], waiting[2]]);

        Assert.Same(Refusal, await Assert.ThrowsAsync<UniqueConstraintException>(() => waiting[1]));
    }

    [Fact]
    public async Task When_the_store_is_away_all_hear_of_it_and_those_after_are_tried_again()
    {
        Refusal = new StoreUnavailableException("away");
        var all = Start("bad", "b", "c", "d", "e", "bad", "f");

        _ends.SetResult();
        foreach (var refused in all.Where((_, i) => i is 0 or > 3))
            await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);

        await Task.WhenAll(Start("g", "h", "i", "j", "k", "l"));
    }

    [Fact]
    public async Task A_unit_is_given_up_while_it_waits_and_not_once_it_is_on_its_way()
    {
        using var patience = new CancellationTokenSource();
        var first = Start("a", "b", "c", "d");
        var waiting = _groups.CommitAsync(Unit("e"), patience.Token);

        await patience.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        _ends.SetResult();
        await Task.WhenAll(first);

        Assert.DoesNotContain(_commits, ids => ids.Contains("e"));
    }

    [Fact]
    public async Task A_shared_commit_changes_documents_in_the_order_of_every_commit()
    {
        var first = Start("a", "b", "c", "d");
        var waiting = Start("z", "m", "f");

        _ends.SetResult();
        await Task.WhenAll([.. first, .. waiting]);

        Assert.Contains(_commits, ids => ids.SequenceEqual(["f", "m", "z"]));
    }

    private List<Task<long>> Start(params string[] ids) => [.. ids.Select(id => _groups.CommitAsync(Unit(id), CancellationToken.None))];

    private static ChangeSet Unit(string id) =>
        new([], [new DocumentWrite(Clinic.Type, id, Guard.Nothing, "{}", [])], [], [], DateTimeOffset.UnixEpoch);

    private async Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        string[] ids = [.. changes.Writes.Select(write => write.Id)];
        _commits.Enqueue(ids);
        await _ends.Task;
        return Refusal is not null && ids.Contains("bad") ? throw Refusal : 1;
    }
}
