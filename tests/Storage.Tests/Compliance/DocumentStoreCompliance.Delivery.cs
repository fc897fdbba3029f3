using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task Published_events_leave_in_the_order_of_their_transactions()
    {
        await PublishAsync(("s1", "first"), ("s2", "second"));
        await PublishAsync(("s1", "third"));

        var claims = await _store.Outbox.ClaimAsync("relay", new(10), Lease, default);

        Assert.Equal(["s1", "s2", "s1"], claims.Select(claim => claim.Event.Subject));
        Assert.All(claims, claim => Assert.Equal(("test.Api", "google.protobuf.Api"), (claim.Event.Topic, claim.Event.Type)));
        Assert.Contains("\"third\"", claims[2].Event.Data, StringComparison.Ordinal);
        Assert.Equal(3, claims.Select(claim => claim.Event.Id).Distinct().Count());
    }

    [SkippableFact]
    public async Task An_event_is_captured_when_it_is_published()
    {
        await using var session = _store.OpenSession();
        var message = new Api { Name = "before" };
        session.Publish(message, "s");
        message.Name = "after";
        await session.SaveChangesAsync();

        Assert.Contains("before", (await _store.Outbox.ClaimAsync("relay", new(1), Lease, default)).Single().Event.Data, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_one_relay_claimed_the_other_leaves_alone_with_all_that_follows_on_its_subject()
    {
        await PublishAsync(("s1", "1"), ("s2", "2"), ("s1", "3"), ("s3", "4"));

        var mine = await _store.Outbox.ClaimAsync("mine", new(1), Lease, default);
        var theirs = await _store.Outbox.ClaimAsync("theirs", new(10), Lease, default);

        Assert.Equal(["s1"], mine.Select(claim => claim.Event.Subject));
        Assert.Equal(["s2", "s3"], theirs.Select(claim => claim.Event.Subject));
    }

    [SkippableFact]
    public async Task A_claim_is_full_when_it_has_enough_events_or_enough_bytes()
    {
        await PublishAsync(("s1", "ä"), ("s2", "ä"), ("s3", "ä"), ("s4", "ä"));
        var bytes = System.Text.Encoding.UTF8.GetByteCount("{ \"name\": \"ä\" }");

        Assert.Equal(["s1"], await ClaimAsync(new(10, Bytes: 1)));
        Assert.Equal(["s2", "s3"], await ClaimAsync(new(10, Bytes: 2 * bytes)));
        Assert.Equal(["s4"], await ClaimAsync(new(1, Bytes: 2 * bytes)));

        async Task<IEnumerable<string>> ClaimAsync(ClaimSize size) =>
            (await _store.Outbox.ClaimAsync("relay", size, Lease, default)).Select(claim => claim.Event.Subject);
    }

    [SkippableFact]
    public async Task The_claim_on_a_subject_ends_with_the_last_of_its_events()
    {
        await PublishAsync(("s", "1"), ("s", "2"), ("s", "3"));
        var mine = await _store.Outbox.ClaimAsync("mine", new(2), Lease, default);
        await _store.Outbox.RemoveAsync("mine", [mine[0].Position], default);

        Assert.Empty(await _store.Outbox.ClaimAsync("theirs", new(10), Lease, default));
        await _store.Outbox.RemoveAsync("mine", [mine[1].Position], default);
        Assert.Single(await _store.Outbox.ClaimAsync("theirs", new(10), Lease, default));
    }

    [SkippableFact]
    public async Task A_relay_that_was_too_slow_does_not_end_the_claim_of_the_next()
    {
        await PublishAsync(("s", "1"), ("s", "2"));
        var slow = await _store.Outbox.ClaimAsync("slow", new(1), TimeSpan.Zero, default);
        await _store.Outbox.ClaimAsync("next", new(1), Lease, default);

        await _store.Outbox.ReleaseAsync("slow", [slow[0].Position], default);

        Assert.Empty(await _store.Outbox.ClaimAsync("third", new(10), Lease, default));
    }

    [SkippableFact]
    public async Task Two_relays_at_once_claim_every_event_once()
    {
        await PublishAsync([.. Enumerable.Range(0, 200).Select(i => ($"s{i % 40}", $"{i}"))]);
        var sent = new System.Collections.Concurrent.ConcurrentQueue<OutboxClaim>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(relay => Task.Run(async () =>
        {
            while ((await _store.Outbox.StateAsync(default)).Count > 0)
            {
                var claims = await _store.Outbox.ClaimAsync($"relay{relay}", new(7), Lease, default);
                foreach (var claim in claims)
                    sent.Enqueue(claim);
                if (claims.Count > 0)
                    await _store.Outbox.RemoveAsync($"relay{relay}", [.. claims.Select(claim => claim.Position)], default);
                else
                    await Task.Yield();
            }
        })));

        Assert.Equal(200, sent.Count);
        Assert.All(sent.GroupBy(claim => claim.Event.Subject), subject => Assert.Equal(subject.Order(new ByPosition()), subject));
    }

    [SkippableFact]
    public async Task A_sent_event_is_gone()
    {
        await PublishAsync(("s1", "1"), ("s2", "2"));
        var claims = await _store.Outbox.ClaimAsync("relay", new(10), Lease, default);
        await _store.Outbox.RemoveAsync("relay", [claims[0].Position], default);
        await _store.Outbox.ReleaseAsync("relay", [claims[1].Position], default);

        Assert.Equal(["s2"], (await _store.Outbox.ClaimAsync("relay", new(10), Lease, default)).Select(claim => claim.Event.Subject));
    }

    [SkippableFact]
    public async Task A_refused_event_holds_its_subject_back_and_lets_the_others_pass()
    {
        await PublishAsync(("poison", "1"), ("poison", "2"), ("fine", "3"));
        var claim = (await _store.Outbox.ClaimAsync("relay", new(1), Lease, default)).Single();
        await _store.Outbox.PostponeAsync("relay", claim.Position, Lease, "refused by the broker", default);

        Assert.Equal(["fine"], (await _store.Outbox.ClaimAsync("relay", new(10), Lease, default)).Select(next => next.Event.Subject));
    }

    [SkippableFact]
    public async Task A_refused_event_comes_again_after_its_delay_and_knows_how_often_it_failed()
    {
        await PublishAsync(("poison", "1"), ("poison", "2"));
        var claim = (await _store.Outbox.ClaimAsync("relay", new(1), Lease, default)).Single();
        await _store.Outbox.PostponeAsync("relay", claim.Position, TimeSpan.Zero, "refused by the broker", default);

        var again = await _store.Outbox.ClaimAsync("relay", new(10), Lease, default);

        Assert.Equal([1, 0], again.Select(next => next.Attempts));
    }

    [SkippableFact]
    public async Task The_claims_of_a_dead_relay_end_with_their_lease()
    {
        await PublishAsync(("s", "1"));
        await _store.Outbox.ClaimAsync("dead", new(1), TimeSpan.Zero, default);

        Assert.Single(await _store.Outbox.ClaimAsync("alive", new(1), Lease, default));
    }

    [SkippableFact]
    public async Task The_state_of_the_outbox_tells_the_backlog_and_its_age()
    {
        Assert.Equal(new OutboxState(0, null), await _store.Outbox.StateAsync(default));
        await PublishAsync(("s", "1"), ("s", "2"));
        var state = await _store.Outbox.StateAsync(default);
        Assert.Equal(2, state.Count);
        Assert.NotNull(state.Oldest);
    }

    [SkippableFact]
    public async Task Waiting_events_survive_a_restart()
    {
        await PublishAsync(("s", "1"));
        await ReopenAsync(Clinic.Type);
        Assert.Single(await _store.Outbox.ClaimAsync("relay", new(1), Lease, default));
    }

    [SkippableFact]
    public async Task An_event_received_twice_changes_nothing_the_second_time()
    {
        await ReceiveAsync("1", "c1");

        var known = await Assert.ThrowsAsync<AlreadyReceivedException>(() => ReceiveAsync("1", "c2"));

        Assert.Equal(new EventKey("/source", "1"), known.Key);
        Assert.Null(await _store.LoadAsync<Clinic>("c2"));
        await ReceiveAsync("2", "c2");
    }

    [SkippableFact]
    public async Task Of_many_deliveries_at_once_one_is_applied()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await ReceiveAsync("1", $"c{i}");
                return true;
            }
            catch (AlreadyReceivedException)
            {
                return false;
            }
        })));

        Assert.Single(outcomes, applied => applied);
        Assert.Equal(1, (await _store.QueryAsync(Clinics)).TotalSize);
    }

    [SkippableFact]
    public async Task Of_many_units_of_work_at_once_only_those_at_fault_are_refused()
    {
        await _store.SaveAsync(new Clinic { Id = "taken" });
        await ReceiveAsync("known", "c");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(() => OutcomeAsync(async () =>
        {
            await using var session = _store.OpenSession();
            session.Store(new Clinic { Id = i % 20 == 7 ? "taken" : $"new{i}" });
            session.MarkReceived(new EventKey("/source", i % 30 == 11 ? "known" : $"n{i}"));
            session.Publish(new Api { Name = $"{i}" }, $"s{i}");
            await session.SaveChangesAsync();
        }))));

        Assert.Equal(
            Enumerable.Range(0, 120).Select(i => i % 20 == 7 ? nameof(UniqueConstraintException) : i % 30 == 11 ? nameof(AlreadyReceivedException) : "saved"), outcomes);
        Assert.Equal(2 + outcomes.Count(outcome => outcome == "saved"), (await _store.QueryAsync(Clinics)).TotalSize);
        Assert.Equal(outcomes.Count(outcome => outcome == "saved"), (await _store.Outbox.StateAsync(default)).Count);
    }

    private static async Task<string> OutcomeAsync(Func<Task> save)
    {
        try
        {
            await save();
            return "saved";
        }
        catch (Exception refusal) when (refusal is UniqueConstraintException or AlreadyReceivedException)
        {
            return refusal.GetType().Name;
        }
    }

    [SkippableFact]
    public async Task The_inbox_forgets_what_is_old()
    {
        await ReceiveAsync("1", "c1");
        Assert.Equal(0, await _store.Inbox.ForgetAsync(DateTimeOffset.UnixEpoch, default));
        Assert.Equal(1, await _store.Inbox.ForgetAsync(DateTimeOffset.MaxValue, default));
        Assert.False(await _store.Inbox.ContainsAsync(new EventKey("/source", "1"), default));
    }

    private async Task PublishAsync(params (string Subject, string Name)[] events)
    {
        await using var session = _store.OpenSession();
        foreach (var (subject, name) in events)
            session.Publish(new Api { Name = name }, subject);
        await session.SaveChangesAsync();
    }

    private async Task ReceiveAsync(string id, string clinic)
    {
        await using var session = _store.OpenSession();
        session.MarkReceived(new EventKey("/source", id));
        session.Store(new Clinic { Id = clinic });
        await session.SaveChangesAsync();
    }

    [SkippableFact]
    public async Task The_inbox_tells_which_of_many_events_were_received()
    {
        var (received, other) = (new EventKey("/a", "1"), new EventKey("/a", "2"));
        await using (var session = _store.OpenSession())
        {
            session.MarkReceived(received);
            session.MarkReceived(new EventKey("/b", "2"));
            await session.SaveChangesAsync();
        }

        Assert.Equal([received], await _store.Inbox.KnownAsync([received, other], default));
        Assert.Empty(await _store.Inbox.KnownAsync([], default));
    }

    private sealed class ByPosition : IComparer<OutboxClaim>
    {
        public int Compare(OutboxClaim? x, OutboxClaim? y) => x!.Position.CompareTo(y!.Position);
    }
}
