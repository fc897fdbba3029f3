using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    [SkippableFact]
    public async Task A_backup_brings_back_documents_etags_events_and_what_was_received()
    {
        await SeedAsync();
        await PublishAsync(("s1", "first"), ("s2", "second"), ("s1", "third"));
        await ReceiveAsync("1", "c1");
        using var backup = new MemoryStream();
        var written = await _store.Backup.WriteAsync(backup);
        backup.Position = 0;
        await using var place = await CreatePlaceAsync();
        await using var restored = await place.OpenAsync(Clinic.Type);

        Assert.Equal(written, await restored.Backup.RestoreAsync(backup));

        Assert.Equal(new BackupSummary(6, 3, 1), written);
        Assert.Equal(await EtagAsync(_store, "b"), await EtagAsync(restored, "b"));
        Assert.Equal(["b", "d"], (await restored.QueryAsync(Clinics.Where("city", "Essen"))).Items.Select(clinic => clinic.Id));
        Assert.Equal(["a"], (await restored.QueryAsync(Clinics.Where("theme", "Wissen"))).Items.Select(clinic => clinic.Id));
        Assert.Equal(["s1", "s2", "s1"], (await restored.Outbox.ClaimAsync("relay", new(9), Lease, default)).Select(claim => claim.Event.Subject));
        Assert.True(await restored.Inbox.ContainsAsync(new EventKey("/source", "1"), default));
        await restored.SaveAsync(new Clinic { Id = "after" });
        Assert.True(long.Parse((await EtagAsync(restored, "after"))!, System.Globalization.CultureInfo.InvariantCulture)
            > long.Parse((await EtagAsync(_store, "e"))!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableFact]
    public async Task A_backup_under_load_holds_whole_units_of_work_only()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await using var session = _store.OpenSession();
                session.Store(new Clinic { Id = $"{writer}-{i}-left" });
                session.Store(new Clinic { Id = $"{writer}-{i}-right" });
                session.Publish(new Api { Name = "pair" }, $"{writer}-{i}");
                session.MarkReceived(new EventKey($"{writer}", $"{i}"));
                await session.SaveChangesAsync();
            }
        })).ToList();
        await Testing.Eventually.True(async () => (await _store.Outbox.StateAsync(default)).Count > 100, "writes go on");

        using var backup = new MemoryStream();
        var written = await _store.Backup.WriteAsync(backup);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(new BackupSummary(2 * written.Waiting, written.Waiting, written.Waiting), written);
        backup.Position = 0;
        await using var place = await CreatePlaceAsync();
        await using var restored = await place.OpenAsync(Clinic.Type);
        Assert.Equal(written, await restored.Backup.RestoreAsync(backup));
    }

    [SkippableFact]
    public async Task An_etag_given_out_after_the_backup_is_none_of_the_restored_store()
    {
        await _store.SaveAsync(new Clinic { Id = "c1" });
        using var backup = new MemoryStream();
        await _store.Backup.WriteAsync(backup);
        var lost = new HashSet<string?>();
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync("c1", clinic => clinic.Beds = i);
            lost.Add(await EtagAsync(_store, "c1"));
        }

        backup.Position = 0;
        await using var place = await CreatePlaceAsync();
        await using var restored = await place.OpenAsync(Clinic.Type);
        await restored.Backup.RestoreAsync(backup);
        for (var i = 0; i < 10; i++)
        {
            await restored.SaveAsync(new Clinic { Id = $"new{i}" });
            Assert.DoesNotContain(await EtagAsync(restored, $"new{i}"), lost);
        }
    }

    [SkippableFact]
    public async Task A_backup_that_is_cut_short_is_refused_and_writes_nothing()
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 2000).Select(i => new Clinic { Id = $"c{i}", City = Guid.Empty.ToString() + (i * 7919) })]);
        using var backup = new MemoryStream();
        await _store.Backup.WriteAsync(backup);
        await using var place = await CreatePlaceAsync();
        await using var empty = await place.OpenAsync(Clinic.Type);

        using var cut = new MemoryStream(backup.ToArray()[..(int)(backup.Length * 3 / 4)]);
        await Assert.ThrowsAsync<StoreDamagedException>(() => empty.Backup.RestoreAsync(cut));

        Assert.Equal(0, (await empty.QueryAsync(Clinics)).TotalSize);
    }

    [SkippableFact]
    public async Task A_store_with_content_is_not_overwritten_by_a_backup()
    {
        await SeedAsync();
        using var backup = new MemoryStream();
        await _store.Backup.WriteAsync(backup);
        backup.Position = 0;

        var refusal = await Assert.ThrowsAsync<StoreDamagedException>(() => _store.Backup.RestoreAsync(backup));

        Assert.Contains("empty store only", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> EtagAsync(OpenStore store, string id)
    {
        await using var session = store.OpenSession();
        return session.EtagOf((await session.LoadAsync<Clinic>(id))!);
    }
}
