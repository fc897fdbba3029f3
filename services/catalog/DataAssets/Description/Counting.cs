using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>Says how complete something is, as a share and as a sentence.</summary>
internal static class Counting
{
    private const int NamedAtMost = 8;

    public static Completeness Of(int total, IReadOnlyList<string> missing, IReadOnlyList<Words> names) => new()
    {
        Total = total,
        Present = total - missing.Count,
        Share = Math.Round((double)(total - missing.Count) / total, 3),
        Missing = { missing },
        Sentence = new() { Values = { ["en"] = English(total, names), ["de"] = German(total, names) } },
    };

    private static string English(int total, IReadOnlyList<Words> names) => names.Count == 0
        ? $"All {total} items are there."
        : $"{total - names.Count} of {total} items are there. Missing: {Named(names.Select(n => n.English), names.Count, "more")}.";

    private static string German(int total, IReadOnlyList<Words> names) => names.Count == 0
        ? $"Alle {total} Angaben sind da."
        : $"{total - names.Count} von {total} Angaben sind da. Es fehlen: {Named(names.Select(n => n.German), names.Count, "weitere")}.";

    private static string Named(IEnumerable<string> names, int count, string more) =>
        string.Join(", ", names.Take(NamedAtMost)) + (count > NamedAtMost ? $", … (+{count - NamedAtMost} {more})" : string.Empty);
}
