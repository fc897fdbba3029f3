namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    [SkippableFact]
    public async Task A_stream_gives_everything_in_order()
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 1203).Select(i => new Clinic { Id = $"c{i:0000}", Beds = -i })]);
        await using var session = _store.OpenSession();

        var beds = await session.StreamAsync(Clinics.OrderBy("beds")).Select(clinic => clinic.Beds).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 1203).Select(i => (int?)(i - 1202)), beds);
    }

    [SkippableFact]
    public async Task A_stream_of_a_large_result_holds_few_of_its_documents()
    {
        const int Documents = 5_000;
        foreach (var chunk in Enumerable.Range(0, Documents).Chunk(1_000))
            await _store.SaveAsync([.. chunk.Select(i => new Clinic { Id = $"c{i:00000}" })]);
        await using var session = _store.OpenSession();

        var (streamed, held) = (new List<WeakReference>(Documents), 0);
        await foreach (var clinic in session.StreamAsync(Clinics))
        {
            streamed.Add(new WeakReference(clinic));
            if (streamed.Count % 1_000 == 0)
            {
                GC.Collect();
                held = Math.Max(held, streamed.Count(seen => seen.IsAlive));
            }
        }

        Assert.Equal(Documents, streamed.Count);
        Assert.InRange(held, 1, 1_000);
        output.WriteLine($"streamed {Documents} documents with at most {held} of them held");
    }

    [SkippableFact]
    public async Task A_stream_goes_on_while_documents_change_under_it()
    {
        await _store.SaveAsync([.. Enumerable.Range(0, 1_200).Select(i => new Clinic { Id = $"c{i:0000}", Beds = i })]);
        await using var session = _store.OpenSession();

        var ids = new List<string>();
        await foreach (var clinic in session.StreamAsync(Clinics))
        {
            ids.Add(clinic.Id);
            if (ids.Count == 100)
            {
                await DeleteAsync("c0050");
                await DeleteAsync("c1100");
                await _store.SaveAsync(new Clinic { Id = "c1150a" });
            }
        }

        Assert.Equal(1_200, ids.Count);
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.DoesNotContain("c1100", ids);
        Assert.Contains("c1150a", ids);
    }
}
