using System.Collections.Concurrent;
using System.Globalization;
using Ecosystem.Testing;

namespace Ecosystem.Storage.Tests;

public sealed class UuidV7SourceTests
{
    private readonly ManualTime _time = new();
    private readonly UuidV7Source _ids;

    public UuidV7SourceTests() => _ids = new UuidV7Source(_time);

    [Fact]
    public void An_id_is_a_version_7_uuid_of_the_present_moment()
    {
        var id = _ids.Next();

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
        var milliseconds = long.Parse(id.Replace("-", "", StringComparison.Ordinal)[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), milliseconds);
    }

    [Fact]
    public void Ids_grow_within_a_millisecond() => AssertGrowing(Enumerable.Range(0, 10_000).Select(_ => _ids.Next()));

    [Fact]
    public void Ids_grow_although_the_clock_goes_backwards() => AssertGrowing(Enumerable.Range(0, 100).Select(i =>
    {
        _time.Set(_time.GetUtcNow().AddSeconds(i % 3 == 0 ? 1 : -7));
        return _ids.Next();
    }));

    [Fact]
    public async Task Ids_taken_at_once_are_all_different()
    {
        var taken = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
                taken.Add(_ids.Next());
        })));

        Assert.Equal(40_000, taken.Distinct().Count());
    }

    private static void AssertGrowing(IEnumerable<string> ids)
    {
        var last = "";
        foreach (var id in ids)
        {
            Assert.True(string.CompareOrdinal(last, id) < 0, $"{id} does not follow {last}");
            last = id;
        }
    }
}
