using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Ecosystem.SystemTests;

/// <summary>What strangers get wrong, through the public door of the running system.</summary>
[Collection("running system")]
public sealed class PublicDoorTests(RunningSystem system)
{
    private const string Good = """{"title":{"values":{"de":"Beispiel"}},"description":{"values":{"de":"Ein Beispiel."}},"methods":["segmentation"],"evidence":[{"kind":"KIND_BENCHMARK","statement":"Beispiel","url":"https://competence.example/"}]}""";

    [Fact]
    public async Task What_is_created_can_be_read_by_anyone()
    {
        var created = await SendAsync(Good);
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        using var anyone = await system.RestAsync(signedIn: false);
        var read = await anyone.GetFromJsonAsync<JsonElement>($"/catalog/v1/competences/{id}");

        Assert.Equal("partner-beispiel", read.GetProperty("provider").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Without_a_token_nothing_is_created()
    {
        using var anyone = await system.RestAsync(signedIn: false);

        var answer = await anyone.PostAsync("/catalog/v1/competences", Json(Good));

        await IsProblem(answer, HttpStatusCode.Unauthorized, "TOKEN_MISSING");
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_is_refused()
    {
        using var http = await system.RestAsync(signedIn: false);
        var token = await system.TokenAsync();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token[..^8] + "AAAAAAAA");

        var answer = await http.PostAsync("/catalog/v1/competences", Json(Good));

        await IsProblem(answer, HttpStatusCode.Unauthorized, "TOKEN_WRONG_SIGNATURE");
    }

    [Fact]
    public async Task A_role_that_does_not_carry_the_permission_is_refused()
    {
        using var http = await system.RestAsync();

        var answer = await http.PostAsync("/policy/v1/agreements/00000000-0000-7000-8000-000000000000:review", Json("""{"verdict":"VERDICT_APPROVED"}"""));

        await IsProblem(answer, HttpStatusCode.Forbidden, "ROLE_MISSING");
    }

    [Theory]
    [InlineData("""{"title":""", null)]
    [InlineData("""{"titel":{"values":{"de":"Beispiel"}}}""", "titel")]
    [InlineData("""{"title":{"values":{"de":17}}}""", "title")]
    [InlineData("""{"methods":"segmentation"}""", "methods")]
    [InlineData("""{}""", "title")]
    public async Task A_body_that_is_wrong_is_refused_naming_the_field(string body, string? field)
    {
        var problem = await IsProblem(await SendAsync(body), HttpStatusCode.BadRequest, null);

        if (field is not null)
        {
            Assert.Contains(field, problem.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var http = await system.RestAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/catalog/v1/competences")
        {
            Content = Json("{\"title\":{\"values\":{\"de\":\"" + new string('x', 40 * 1024 * 1024) + "\"}}}"),
            Headers = { ExpectContinue = true }, // asks first, so that the answer arrives before the body is on its way
        };

        await IsProblem(await http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, null);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_a_problem_that_says_so()
    {
        using var http = await system.RestAsync();

        await IsProblem(await http.GetAsync("/catalog/v1/nothing"), HttpStatusCode.NotFound, null);
        await IsProblem(await http.GetAsync("/nothing"), HttpStatusCode.NotFound, null);
    }

    [Fact]
    public async Task Of_two_writers_one_wins_and_the_other_learns_the_current_etag()
    {
        using var http = await system.RestAsync();
        var created = await (await SendAsync(Good)).Content.ReadFromJsonAsync<JsonElement>();
        var (id, etag) = (created.GetProperty("id").GetString(), created.GetProperty("etag").GetString());
        Task<HttpResponseMessage> Write(string method) => http.PatchAsync(
            $"/catalog/v1/competences/{id}?updateMask=methods", Json($$"""{"etag":"{{etag}}","methods":["{{method}}"]}"""));

        var answers = await Task.WhenAll(Write("a"), Write("b"));

        var winner = await Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK).Content.ReadFromJsonAsync<JsonElement>();
        var problem = await IsProblem(Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict), HttpStatusCode.Conflict, "ETAG_MISMATCH");
        Assert.Equal(winner.GetProperty("etag").GetString(), problem.GetProperty("metadata").GetProperty("etag").GetString());
    }

    [Fact]
    public async Task The_root_is_a_page_for_people()
    {
        using var http = await system.RestAsync(signedIn: false);

        var page = await http.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("catalog", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> IsProblem(HttpResponseMessage answer, HttpStatusCode status, string? reason)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()), text);
        if (reason is not null)
        {
            Assert.Equal(reason, problem.GetProperty("reason").GetString());
        }

        return problem;
    }

    private async Task<HttpResponseMessage> SendAsync(string body)
    {
        using var http = await system.RestAsync();
        return await http.PostAsync("/catalog/v1/competences", Json(body));
    }
}
