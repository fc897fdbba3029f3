using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class RestTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private const string Path = "/catalog/v1/data-assets";

    [Fact]
    public async Task The_same_life_over_REST()
    {
        HttpResponseMessage created = await PostAsync(DataAsset("Über REST").ToString());
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        JsonElement asset = await created.Content.ReadFromJsonAsync<JsonElement>();
        string id = asset.GetProperty("id").GetString()!;

        JsonElement read = await catalog.Rest().GetFromJsonAsync<JsonElement>($"{Path}/{id}");
        Assert.Equal(asset.ToString(), read.ToString());

        using var change = new StringContent("""{"title":{"values":{"de":"Geändert"}}}""", Encoding.UTF8, "application/json");
        HttpResponseMessage patched = await catalog.Rest(TestTokens.Holder).PatchAsync($"{Path}/{id}?updateMask=title", change);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);

        JsonElement found = await catalog.Rest().GetFromJsonAsync<JsonElement>($"{Path}:search?query=Ge%C3%A4ndert");
        Assert.Equal(id, found.GetProperty("hits")[0].GetProperty("dataAsset").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"title": """, "")]
    [InlineData("""{"titel": {"values": {"de": "x"}}}""", "titel")]
    [InlineData("""{"title": 5}""", "title")]
    [InlineData("""{"accessRights": "ACCESS_RIGHTS_WHATEVER"}""", "accessRights")]
    public async Task Malformed_JSON_an_unknown_field_and_a_wrong_type_are_refused_naming_the_field(string body, string field)
    {
        HttpResponseMessage answer = await PostAsync(body);

        JsonElement problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains(field, problem.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Wrong_values_are_all_named()
    {
        HttpResponseMessage answer = await PostAsync("""{"title": {"values": {"DE": ""}}}""");

        JsonElement problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        string[] fields = [.. problem.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("field").GetString()!)];
        Assert.Contains("data_asset.title.values[DE]", fields);
        Assert.Contains("data_asset.description", fields);
        Assert.Contains("data_asset.protection_need", fields);
    }

    [Fact]
    public async Task Two_writers_meet_as_409_with_the_current_etag()
    {
        JsonElement asset = await (await PostAsync(DataAsset().ToString())).Content.ReadFromJsonAsync<JsonElement>();
        string id = asset.GetProperty("id").GetString()!;
        string etag = asset.GetProperty("etag").GetString()!;
        Task<HttpResponseMessage> Write(string title) => catalog.Rest(TestTokens.Holder).PatchAsJsonAsync(
            $"{Path}/{id}?updateMask=title", new { etag, title = new { values = new { de = title } } });

        JsonElement won = await (await Write("Erster")).Content.ReadFromJsonAsync<JsonElement>();
        JsonElement problem = await ProblemAsync(await Write("Zweiter"), HttpStatusCode.Conflict);

        Assert.Equal("ETAG_MISMATCH", problem.GetProperty("reason").GetString());
        Assert.Equal(won.GetProperty("etag").GetString(), problem.GetProperty("metadata").GetProperty("etag").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        HttpResponseMessage answer = await PostAsync($$"""{"protectionReason": "{{new string('x', 21 * 1024 * 1024)}}"}""");

        await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_registered()
    {
        using var body = new StringContent(DataAsset().ToString(), Encoding.UTF8, "application/json");

        await ProblemAsync(await catalog.Rest().PostAsync(Path, body), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task With_the_wrong_role_nothing_is_registered()
    {
        using var body = new StringContent(DataAsset().ToString(), Encoding.UTF8, "application/json");

        await ProblemAsync(await catalog.Rest(TestTokens.Developer).PostAsync(Path, body), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_does_not_exist_is_404()
    {
        JsonElement problem = await ProblemAsync(await catalog.Rest().GetAsync($"{Path}/no-such-asset"), HttpStatusCode.NotFound);

        Assert.Contains("no-such-asset", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await catalog.Rest(TestTokens.Holder).PostAsync(Path, body);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
