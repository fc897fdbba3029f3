using Ecosystem.Grpc;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Learning;

/// <summary>Who is shown how often: small and large organisations, and regions, beside what they offer.</summary>
internal sealed class ReportExposure(IDocumentStore store, ProfileIndex profiles)
{
    private const int Medium = 3;
    private const int Large = 10;

    public async Task<ExposureReport> ReportAsync(GetExposureReportRequest request, CancellationToken ct)
    {
        Item[] items = [.. Enum.GetValues<ItemKind>().SelectMany(kind => profiles.Of(kind).All())];
        Dictionary<string, int> sizes = items.CountBy(item => item.Organisation.Id).ToDictionary(StringComparer.Ordinal);
        Dictionary<string, string> regions = items.GroupBy(item => item.Id, StringComparer.Ordinal).ToDictionary(item => item.Key, item => RegionOf(item.First()), StringComparer.Ordinal);
        var shown = new List<ShownEntry>();
        DocumentQuery<ShownListDocument> lists = DocumentQuery.For(ShownListDocument.Type).WhereRange("shown", request.Since?.ToDateTimeOffset(), before: null);
        await using IDocumentSession session = store.OpenSession();
        await foreach (ShownListDocument list in session.StreamAsync(lists, ct)) shown.AddRange(list.List.Entries);
        return new ExposureReport
        {
            Shown = shown.Count,
            BySize = { Groups(items, item => SizeOf(sizes[item.Organisation.Id]), shown, entry => SizeOf(sizes.GetValueOrDefault(entry.OrganisationId))) },
            ByRegion = { Groups(items, RegionOf, shown, entry => regions.GetValueOrDefault(entry.ItemId, "")) },
        };
    }

    public async Task<ListShownListsResponse> ListAsync(ListShownListsRequest request, CancellationToken ct)
    {
        DocumentQuery<ShownListDocument> query = DocumentQuery.For(ShownListDocument.Type).OrderByDescending("shown").Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        if (request.ItemId.Length > 0) query = query.Where("item", request.ItemId);
        if (request.OrganisationId.Length > 0) query = query.Where("organisation", request.OrganisationId);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<ShownListDocument> page = await session.QueryAsync(query, ct);
        return new ListShownListsResponse
        {
            Lists = { page.Items.Select(list => list.List) }, Page = new() { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    private static IEnumerable<ExposureGroup> Groups(Item[] items, Func<Item, string> ofItem, List<ShownEntry> shown, Func<ShownEntry, string> ofEntry)
    {
        ILookup<string, Item> offered = items.ToLookup(ofItem, StringComparer.Ordinal);
        Dictionary<string, int> counted = shown.CountBy(ofEntry).ToDictionary(StringComparer.Ordinal);
        return offered.Select(group => group.Key).Union(counted.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new ExposureGroup
        {
            Name = name,
            Organisations = offered[name].Select(item => item.Organisation.Id).Distinct(StringComparer.Ordinal).Count(),
            ShareOfItems = (double)offered[name].Count() / Math.Max(1, items.Length),
            ShareOfShown = (double)counted.GetValueOrDefault(name) / Math.Max(1, shown.Count),
        });
    }

    private static string SizeOf(int items) => items >= Large ? "large" : items >= Medium ? "medium" : "small";

    /// <summary>The district, or the Land where no more is known.</summary>
    private static string RegionOf(Item item) => item.Areas.Count == 0 ? "" : item.Areas[0].Key is { Length: > 5 } key ? key[..5] : item.Areas[0].Key;
}
