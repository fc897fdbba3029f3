namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    [SkippableFact]
    public async Task A_clock_that_goes_backwards_loses_nothing_and_keeps_the_order()
    {
        const int Events = 200;
        var clock = new WallClock();
        _place.Time = clock;
        await ReopenAsync(Clinic.Type);
        for (var i = 0; i < Events; i++)
        {
            clock.Now = clock.Now.AddHours(i % 4 == 0 ? 2 : -1);
            if (i == Events / 2)
                await ReopenAsync(Clinic.Type); // the memory of the process is gone, the clock is behind
            await using var session = _store.OpenSession();
            session.Store(new Clinic { Id = $"c{i:000}" });
            session.Publish(new Google.Protobuf.WellKnownTypes.Api { Name = $"{i}" }, "subject");
            session.MarkReceived(new EventKey("/source", $"{i}"));
            await session.SaveChangesAsync();
        }

        var claims = await _store.Outbox.ClaimAsync("relay", new(Events + 1), Lease, default);
        clock.Now = clock.Now.AddDays(-30);
        Assert.Empty(await _store.Outbox.ClaimAsync("other", new(Events), Lease, default));
        await _store.Outbox.ReleaseAsync("relay", [.. claims.Select(claim => claim.Position)], default);

        Assert.Equal(Enumerable.Range(0, Events).Select(i => $"{{ \"name\": \"{i}\" }}"), claims.Select(claim => claim.Event.Data));
        Assert.Equal(Events, claims.Select(claim => claim.Event.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Events, (await _store.QueryAsync(Clinics)).TotalSize);
        Assert.Equal(Events, (await _store.Outbox.ClaimAsync("other", new(Events), Lease, default)).Count);
        output.WriteLine($"clock set back {Events * 3 / 4} times and by 30 days: {claims.Count} of {Events} events in the order of their transactions, 0 lost, 0 claimed twice");
    }

    /// <summary>The time of day as somebody sets it; what measures durations goes on.</summary>
    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
