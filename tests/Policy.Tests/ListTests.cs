using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Policy.Tests;

/// <summary>Every list makes the same of <c>page_size</c>, as its contract says (AIP-158).</summary>
public sealed class ListTests(LongLists lists) : IClassFixture<LongLists>
{
    [Theory]
    [InlineData("agreements", "agreements", 200)]
    [InlineData("agreements:waiting", "agreements", 200)]
    [InlineData("consents", "consents", 200)]
    [InlineData("information-sources", "informationSources", 200)]
    [InlineData("ledger/entries", "entries", 1000)]
    public async Task A_wish_larger_than_the_largest_page_is_cut_to_it(string list, string member, int largest)
    {
        using var reply = await lists.Host.Rest(Person.Holder).GetAsync($"/policy/v1/{list}?pageSize=100000");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var page = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(largest, page.GetProperty(member).GetArrayLength());
    }

    [Theory]
    [InlineData("agreements")]
    [InlineData("agreements:waiting")]
    [InlineData("consents")]
    [InlineData("information-sources")]
    [InlineData("ledger/entries")]
    public async Task A_page_of_less_than_nothing_is_refused(string list)
    {
        using var reply = await lists.Host.Rest(Person.Holder).GetAsync($"/policy/v1/{list}?pageSize=-1");
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("page_size", Assert.Single(problem.GetProperty("violations").EnumerateArray()).GetProperty("field").GetString());
    }
}
