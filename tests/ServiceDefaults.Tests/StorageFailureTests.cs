using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Storage;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>What a caller hears when the store refuses: what happened, and what to do.</summary>
public sealed class StorageFailureTests
{
    [Fact]
    public async Task A_lost_race_names_the_current_etag()
    {
        var problem = await ProblemAsync(new ConcurrencyException("1", "42"), HttpStatusCode.Conflict);
        Assert.Equal(("ETAG_MISMATCH", "42"), (Text(problem, "reason"), problem.GetProperty("metadata").GetProperty("etag").GetString()));
        Assert.Contains("Read it again", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_meanwhile_is_not_found() =>
        Assert.Contains("deleted while you changed it", Text(await ProblemAsync(new ConcurrencyException("1", currentEtag: null), HttpStatusCode.NotFound), "detail"), StringComparison.Ordinal);

    [Fact]
    public async Task A_taken_value_names_its_field()
    {
        var problem = await ProblemAsync(new UniqueConstraintException("competences", "title", "1"), HttpStatusCode.Conflict);
        Assert.Equal(("ALREADY_EXISTS", "title"), (Text(problem, "reason"), problem.GetProperty("metadata").GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_foreign_page_token_names_its_field()
    {
        var problem = await ProblemAsync(new PageTokenException(), HttpStatusCode.BadRequest);
        Assert.Equal("page_token", problem.GetProperty("violations")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task What_cannot_be_told_to_others_is_too_large() =>
        Assert.Contains("at most 10 bytes", Text(await ProblemAsync(new EventTooLargeException("x", 11, 10), HttpStatusCode.BadRequest), "detail"), StringComparison.Ordinal);

    [Fact]
    public async Task A_full_disk_says_that_nothing_was_written()
    {
        var problem = await ProblemAsync(new StoreUnavailableException("Nothing was written: there is no room left."), HttpStatusCode.ServiceUnavailable);
        Assert.Equal(("STORE_UNAVAILABLE", "Nothing was written: there is no room left."), (Text(problem, "reason"), Text(problem, "detail")));
    }

    [Fact]
    public async Task A_defect_is_not_taken_for_a_refusal_of_the_store() =>
        Assert.DoesNotContain("secret", (await ProblemAsync(new InvalidOperationException("secret"), HttpStatusCode.InternalServerError)).ToString(), StringComparison.Ordinal);

    private static async Task<JsonElement> ProblemAsync(Exception failure, HttpStatusCode status)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var service = await TestService.StartAsync(issuer.Address, failure: failure);
        var answer = await service.Http.GetAsync("/catalog/v1/competences/1");
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Text(JsonElement problem, string member) => problem.GetProperty(member).GetString();
}
