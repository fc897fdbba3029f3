using System.Net;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Rest;

public sealed class ProblemTests : RestServer
{
    [Theory]
    [InlineData(StatusCode.Cancelled, 499, "CANCELLED")]
    [InlineData(StatusCode.InvalidArgument, 400, "INVALID_ARGUMENT")]
    [InlineData(StatusCode.OutOfRange, 400, "OUT_OF_RANGE")]
    [InlineData(StatusCode.FailedPrecondition, 400, "FAILED_PRECONDITION")]
    [InlineData(StatusCode.Unauthenticated, 401, "UNAUTHENTICATED")]
    [InlineData(StatusCode.PermissionDenied, 403, "PERMISSION_DENIED")]
    [InlineData(StatusCode.NotFound, 404, "NOT_FOUND")]
    [InlineData(StatusCode.AlreadyExists, 409, "ALREADY_EXISTS")]
    [InlineData(StatusCode.Aborted, 409, "ABORTED")]
    [InlineData(StatusCode.ResourceExhausted, 429, "RESOURCE_EXHAUSTED")]
    [InlineData(StatusCode.Internal, 500, "INTERNAL")]
    [InlineData(StatusCode.Unimplemented, 501, "UNIMPLEMENTED")]
    [InlineData(StatusCode.Unavailable, 503, "UNAVAILABLE")]
    [InlineData(StatusCode.DeadlineExceeded, 504, "DEADLINE_EXCEEDED")]
    public async Task Every_code_has_its_http_status(StatusCode code, int status, string name)
    {
        using var response = await Http.PostAsync("/echo/v1/say", Json($$"""{"text":"Übel","failWith":{{(int)code}}}"""));

        var problem = await ProblemAsync(response, status);
        Assert.Equal(name, problem.GetProperty("code").GetString());
        Assert.Equal("Übel", problem.GetProperty("detail").GetString());
        Assert.Equal("ASKED_TO", problem.GetProperty("reason").GetString());
        Assert.Equal("urn:ecosystem:problem:asked-to", problem.GetProperty("type").GetString());
        Assert.Equal(
            status == 499 ? "Client Closed Request" : Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_conflict_tells_the_current_etag()
    {
        var problem = await ProblemAsync(await Http.GetAsync("/library/v1/books/changed"), 409);

        Assert.Equal("v2", problem.GetProperty("metadata").GetProperty("etag").GetString());
    }

    [Fact]
    public async Task An_unmet_condition_is_named_through_both_doors()
    {
        var problem = await ProblemAsync(await Http.GetAsync("/library/v1/books/lent"), 400);
        var condition = Assert.Single(problem.GetProperty("preconditions").EnumerateArray());
        Assert.Equal("NOT_ON_THE_SHELF", problem.GetProperty("reason").GetString());
        Assert.Equal("""{"type":"LENT","subject":"books/lent","problem":"Wait until it is back."}""", condition.GetRawText());

        var library = new Contracts.Library.LibraryClient(Server.Channel());
        var error = await Assert.ThrowsAsync<RpcException>(async () => await library.GetBookAsync(new() { Book = new() { Id = "lent" } }));
        Assert.Equal("LENT", Assert.Single(RichStatus.Detail<Google.Rpc.PreconditionFailure>(RichStatus.Of(error))!.Violations).Type);
    }

    [Fact]
    public async Task A_busy_service_tells_when_to_come_back()
    {
        using var response = await Http.GetAsync("/library/v1/books/busy");

        await ProblemAsync(response, 503);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_missing_token_is_asked_for()
    {
        using var response = await Http.GetAsync("/library/v1/books/private");

        await ProblemAsync(response, 401);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task An_unexpected_failure_does_not_tell_its_secrets()
    {
        using var response = await Http.PostAsync("/echo/v1/say", Json("""{"text":"crash"}"""));

        var problem = await ProblemAsync(response, 500);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem() => await ProblemAsync(await Http.GetAsync("/nowhere/v1"), 404);

    [Fact]
    public async Task A_wrong_verb_is_a_problem_that_names_the_right_ones()
    {
        using var response = await Http.PutAsync("/library/v1/books/7", Json("{}"));

        await ProblemAsync(response, 405);
        Assert.Contains("PATCH", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using var response = await Http.PostAsync("/echo/v1/say", new StringContent("<x/>", System.Text.Encoding.UTF8, "application/xml"));

        await ProblemAsync(response, 415);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var content = Json("{}");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await Http.PostAsync("/echo/v1/say", content);

        Assert.Contains("'gzip'", (await ProblemAsync(response, 415)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_can_be_read_as_it_was_sent()
    {
        using var response = await Http.GetAsync("/library/v1/books/missing");

        Assert.Contains("There is no book 'missing'.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"titel":"x"}""", "titel", "is not a known field.")]
    [InlineData("""{"text":5}""", "text", "must be a text.")]
    [InlineData("""{"count":"many"}""", "count", "must be a whole number of 32 bits.")]
    [InlineData("""{"count":1.5}""", "count", "must be a whole number of 32 bits.")]
    [InlineData("""{"count":3000000000}""", "count", "must be a whole number of 32 bits.")]
    [InlineData("""{"text":{"a":1}}""", "text", "must be a text.")]
    [InlineData("""[]""", "", "must be an object.")]
    [InlineData("\"x\"", "", "must be an object.")]
    public async Task A_wrong_member_is_named(string body, string field, string expected)
    {
        using var response = await Http.PostAsync("/echo/v1/say", Json(body));

        Assert.Equal((field, expected), Violation(await ProblemAsync(response, 400)));
    }

    [Fact]
    public async Task A_wrong_member_deep_inside_is_named_by_its_path()
    {
        using var response = await Http.PostAsync(
            "/library/v1/everything:mirror", Json("""{"inner":{"books":[{"id":"1"},{"id":"2","titel":"x"}]},"counts":{"a":"b"}}"""));

        var problem = await ProblemAsync(response, 400);
        Assert.Equal(
            ["inner.books[1].titel", "counts.a"],
            problem.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_member_of_a_body_field_is_named_with_the_field()
    {
        using var response = await Http.PostAsync("/library/v1/shelves/3/books", Json("""{"isbn":"x"}"""));

        Assert.Equal("book.isbn", Violation(await ProblemAsync(response, 400)).Field);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"text\":\"x\"} {}")]
    [InlineData("{\"text\":\"x\",}")]
    [InlineData("{'text':'x'}")]
    [InlineData("nonsense")]
    public async Task Malformed_json_is_a_problem_that_says_where(string body)
    {
        using var response = await Http.PostAsync("/echo/v1/say", Json(body));

        var problem = await ProblemAsync(response, 400);
        Assert.Equal("MALFORMED_JSON", problem.GetProperty("reason").GetString());
        Assert.Contains("line 1", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bottomless_json_is_malformed()
    {
        var body = string.Concat(Enumerable.Repeat("""{"inner":""", 20_000 / 10)) + "1";
        using var response = await Http.PostAsync("/library/v1/everything:mirror", Json(body));

        await ProblemAsync(response, 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_oversized_body_is_refused(bool isLengthKnown)
    {
        using var content = Json($$"""{"text":"{{new string('x', 200_000)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo/v1/say") { Content = content };
        request.Headers.TransferEncodingChunked = !isLengthKnown;
        using var response = await Http.SendAsync(request);

        var problem = await ProblemAsync(response, 413);
        Assert.Equal("BODY_TOO_LARGE", problem.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("page_size=1&page_size=2", "page_size")]
    [InlineData("page_size=x", "page_size")]
    [InlineData("kinds=STONE", "kinds")]
    [InlineData("since=yesterday", "since")]
    [InlineData("book=x", "book")]
    public async Task A_wrong_query_parameter_is_named(string query, string field)
    {
        using var response = await Http.GetAsync($"/library/v1/books?{query}");

        Assert.Equal(field, Violation(await ProblemAsync(response, 400)).Field);
    }

    [Fact]
    public async Task Two_of_a_oneof_are_refused()
    {
        using var response = await Http.PostAsync("/library/v1/everything:mirror", Json("""{"left":"a","right":1}"""));

        Assert.Equal(("right", "cannot be given together with left."), Violation(await ProblemAsync(response, 400)));
    }

    [Fact]
    public async Task Grpc_on_the_http_port_is_told_where_to_go()
    {
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } };
        using var response = await Http.PostAsync("/testing.v1.Echo/Say", content);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }
}
