using System.Net;
using System.Text.Json;
using Ecosystem.Catalog.ResultFiles;
using Ecosystem.Catalog.V1;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class ResultFileTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private const string File = "/catalog/v1/data-assets";

    private readonly DataAssetService.DataAssetServiceClient _holder = catalog.DataAssets(TestTokens.Holder);

    [Fact]
    public async Task A_file_holds_every_hit_of_all_pages_in_the_order_of_the_search()
    {
        const int Many = 205; // more than are read at once
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
            await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset($"Massenhaft {i}") }, cancellationToken: ct));

        string[] lines = (await catalog.Rest().GetStringAsync($"{File}.csv?query=Massenhaft")).Split("\r\n");
        JsonElement json = JsonDocument.Parse(await catalog.Rest().GetStringAsync($"{File}.json?query=Massenhaft")).RootElement;
        SearchDataAssetsResponse first = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Massenhaft", PageSize = 200 });

        string[] ids = [.. json.GetProperty("dataAssets").EnumerateArray().Select(a => a.GetProperty("id").GetString()!)];
        Assert.Equal(Many, ids.Distinct().Count());
        Assert.Equal(first.Hits.Select(h => h.DataAsset.Id), ids.Take(200));
        Assert.Equal(ids, lines[1..^1].Select(l => l.Split(',')[0]));
        Assert.Equal(string.Empty, lines[^1]);
    }

    [Fact]
    public async Task The_header_is_in_the_language_of_the_reader()
    {
        HttpResponseMessage german = await catalog.Rest().GetAsync($"{File}.csv?query=nichtsdergleichen");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{File}.csv?query=nichtsdergleichen");
        request.Headers.AcceptLanguage.ParseAdd("fr, en-GB;q=0.8, de;q=0.5");
        string english = await (await catalog.Rest().SendAsync(request)).Content.ReadAsStringAsync();

        Assert.Equal("text/csv; charset=utf-8; header=present", german.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("Kennung,Kennung des Halters,Titel,Beschreibung,Halter", await german.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("id,identifier,title,description,holder", english, StringComparison.Ordinal);
        Assert.StartsWith("Kennung,", await catalog.Rest().GetStringAsync($"{File}.csv?query=nichtsdergleichen&lang=de"), StringComparison.Ordinal);
        Assert.Equal("{\"dataAssets\":[]}\n", await catalog.Rest().GetStringAsync($"{File}.json?query=nichtsdergleichen"));
    }

    [Fact]
    public async Task A_title_that_is_a_formula_is_text_in_the_file()
    {
        await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset("=HYPERLINK(\"https://boese.example\";\"Weißdornblüte\")") });

        string file = await catalog.Rest().GetStringAsync($"{File}.csv?query=Wei%C3%9Fdornbl%C3%BCte");

        Assert.Contains(",\"'=HYPERLINK(\"\"https://boese.example\"\";\"\"Weißdornblüte\"\")\",", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schlicht", "schlicht")]
    [InlineData("mit, Komma", "\"mit, Komma\"")]
    [InlineData("zwei\nZeilen", "\"zwei\nZeilen\"")]
    [InlineData("+49", "'+49")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    public void Values_are_quoted_as_RFC_4180_has_it_and_never_run(string value, string written) => Assert.Equal(written + "\r\n", Csv.Line([value]));

    [Fact]
    public async Task Conditions_of_the_search_hold_without_words_too_and_drafts_stay_hidden()
    {
        const string Theme = "http://publications.europa.eu/resource/authority/data-theme/AGRI";
        DataAsset published = DataAsset("Feld");
        published.Themes.Add(Theme);
        DataAsset draft = published.Clone();
        draft.State = PublicationState.Draft;
        published = await _holder.CreateDataAssetAsync(new() { DataAsset = published });
        await _holder.CreateDataAssetAsync(new() { DataAsset = draft });

        JsonElement json = JsonDocument.Parse(await catalog.Rest().GetStringAsync($"{File}.json?themes={Uri.EscapeDataString(Theme)}&areaKey=05911")).RootElement;

        Assert.Equal([published.Id], json.GetProperty("dataAssets").EnumerateArray().Select(a => a.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task What_is_no_parameter_of_a_search_is_refused()
    {
        HttpResponseMessage answer = await catalog.Rest().GetAsync($"{File}.csv?querry=x&areaKey=Bochum&lang=fr");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string problem = await answer.Content.ReadAsStringAsync();
        Assert.All(["\"querry\"", "area_key", "\"lang\""], field => Assert.Contains(field, problem, StringComparison.Ordinal));
    }
}
