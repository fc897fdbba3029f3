namespace Ecosystem.Grpc.Tests.Rest;

public sealed class RoutingTests : RestServer
{
    [Theory]
    [InlineData("/library/v1/shelves/3/books/7", "shelves/3/books/7")]
    [InlineData("/library/v1/shelves/a%20b/books/%C3%BC", "shelves/a b/books/ü")]
    public async Task A_variable_over_several_segments_keeps_them(string path, string name) =>
        Assert.Equal(name, (await GetAsync(path)).GetProperty("title").GetString());

    [Theory]
    [InlineData("/library/v1/books/7", "7")]
    [InlineData("/library/v1/books/7:brief", "7")]
    [InlineData("/library/v1/books/a%2Fb", "a/b")]
    [InlineData("/library/v1/books/Gr%C3%B6%C3%9Fe", "Größe")]
    public async Task A_variable_fills_a_nested_field(string path, string id) =>
        Assert.Equal(id, (await GetAsync(path)).GetProperty("id").GetString());

    [Theory]
    [InlineData("/library/v1/files/a", "files/a")]
    [InlineData("/library/v1/files/a/b/c.txt", "files/a/b/c.txt")]
    [InlineData("/library/v1/files/a/b:meta", "files/a/b")]
    public async Task A_double_star_takes_the_rest_of_the_path(string path, string name) =>
        Assert.Equal(name, (await GetAsync(path)).GetProperty("name").GetString());

    [Fact]
    public async Task A_verb_of_its_own_is_served()
    {
        using var response = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/library/v1/heads/x"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("whole", response.Headers.GetValues("x-read").Single());
    }

    [Fact]
    public async Task What_can_be_got_can_be_asked_for_without_its_body()
    {
        using var response = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/library/v1/books/7"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("\"v1\"", response.Headers.ETag!.Tag);
        Assert.NotEqual(0, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_query_fills_fields_nested_and_repeated_by_either_name()
    {
        var found = await GetAsync(
            "/library/v1/books?pageSize=5&topics=health&topics=data&book.page_count=9&updateMask=title,book.id&kinds=AUDIO&kinds=1&since=2026-01-31T12:00:00Z");

        Assert.Equal(5, found.GetProperty("pageSize").GetInt32());
        Assert.Equal(["health", "data"], found.GetProperty("topics").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(9, found.GetProperty("book").GetProperty("pageCount").GetInt32());
        Assert.Equal("title,book.id", found.GetProperty("updateMask").GetString());
        Assert.Equal(["AUDIO", "PAPER"], found.GetProperty("kinds").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("2026-01-31T12:00:00Z", found.GetProperty("since").GetString());
    }

    [Fact]
    public async Task The_body_fills_one_field_and_path_and_query_the_others()
    {
        var created = await PostAsync("/library/v1/shelves/3/books?page_size=2", """{"title":"Ärzte","pageCount":12}""");

        Assert.Equal("shelves/3", created.GetProperty("name").GetString());
        Assert.Equal("Ärzte", created.GetProperty("book").GetProperty("title").GetString());
        Assert.Equal(2, created.GetProperty("pageSize").GetInt32());
    }

    [Fact]
    public async Task The_path_has_the_last_word()
    {
        using var response = await Http.PatchAsync("/library/v1/books/7", Json("""{"id":"8","title":"x"}"""));

        Assert.Equal("7", (await ReadAsync(response)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_empty_response_is_an_empty_object()
    {
        using var response = await Http.DeleteAsync("/library/v1/books/7");

        Assert.Equal("{}", (await ReadAsync(response)).GetRawText());
    }

    [Fact]
    public async Task One_field_of_the_response_may_be_the_body() =>
        Assert.Equal("""["one","two"]""", (await GetAsync("/library/v1/titles")).GetRawText());

    [Fact]
    public async Task The_response_carries_its_etag_and_a_known_one_needs_no_body()
    {
        using var first = await Http.GetAsync("/library/v1/books/7");
        Assert.Equal("\"v1\"", first.Headers.ETag!.Tag);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/library/v1/books/7") { Headers = { { "If-None-Match", "\"v1\"" } } };
        using var second = await Http.SendAsync(request);
        Assert.Equal(304, (int)second.StatusCode);
    }

    [Fact]
    public async Task If_match_becomes_the_etag_of_the_resource()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/library/v1/books/7") { Content = Json("""{"title":"x"}"""), Headers = { { "If-Match", "\"v9\"" } } };
        using var response = await Http.SendAsync(request);

        Assert.Equal("v9", (await ReadAsync(response)).GetProperty("etag").GetString());
    }

    [Fact]
    public async Task A_stream_is_one_line_of_json_per_message()
    {
        using var response = await Http.GetAsync("/echo/v1/repeat/hi?count=3");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, l => Assert.Equal("""{"text":"hi","payload":""}""", l));
    }

    [Fact]
    public async Task A_stream_is_server_sent_events_for_those_who_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/echo/v1/repeat/hi?count=2&failWith=9") { Headers = { { "Accept", "text/event-stream" } } };
        using var response = await Http.SendAsync(request);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, events.Length);
        Assert.StartsWith("event: error\ndata: {", events[2], StringComparison.Ordinal);
        Assert.Contains("FAILED_PRECONDITION", events[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_message_is_a_problem()
    {
        using var response = await Http.GetAsync("/echo/v1/repeat/hi?failWith=5");

        await ProblemAsync(response, 404);
    }
}
