using Ecosystem.Catalog.V1;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class DirectoryTests(DevelopmentCatalogHost catalog) : IClassFixture<DevelopmentCatalogHost>
{
    [Fact]
    public async Task The_53_municipalities_of_the_Ruhr_are_listed_page_by_page()
    {
        var read = new List<ListedArea>();
        string page = string.Empty;
        do
        {
            ListAreasResponse areas = await catalog.Areas().ListAreasAsync(
                new() { Region = "ruhr", Level = AreaLevel.Municipality, PageSize = 20, PageToken = page });
            Assert.Equal(53, areas.Page.TotalSize);
            read.AddRange(areas.Areas);
            page = areas.Page.NextPageToken;
        }
        while (page.Length > 0);

        Assert.Equal(53, read.Select(a => a.Area.Key).Distinct().Count());
        Assert.Contains(read, a => a is { Area: { Key: "05911000", Name: "Bochum" }, Latitude: > 51 and < 52, Longitude: > 7 and < 8 });
    }

    [Fact]
    public async Task Areas_within_an_area_begin_with_its_key()
    {
        ListAreasResponse areas = await catalog.Areas().ListAreasAsync(new() { WithinKey = "05562", PageSize = 200 });

        Assert.Equal("Kreis Recklinghausen", areas.Areas[0].Area.Name);
        Assert.Equal(11, areas.Areas.Count);
        Assert.All(areas.Areas, a => Assert.StartsWith("05562", a.Area.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_token_that_was_never_given_is_refused() =>
        Assert.Equal(["page_token"], Fields(await RefusedAsync(catalog.Areas().ListAreasAsync(new() { PageToken = "x" }), StatusCode.InvalidArgument)));

    [Fact]
    public async Task Invented_participants_say_so()
    {
        ListParticipantsResponse participants = await catalog.Participants().ListParticipantsAsync(new());

        Assert.Contains(participants.Participants, p => p is { Organisation.Id: "klinikum-beispiel", Kind: "hospital", Area.Name: "Bochum" });
        Assert.All(participants.Participants, p => Assert.True(p.IsExample));
    }
}
