using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Policy.Tests;

/// <summary>Every list makes the same of <c>page_size</c>, as its contract says.</summary>
public sealed class ListTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    public static TheoryData<string> Lists => ["agreements", "agreements:waiting", "consents", "information-sources", "ledger/entries"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_wish_larger_than_the_largest_page_is_cut_to_it(string list)
    {
        using var reply = await host.Rest(Person.Holder).GetAsync($"/policy/v1/{list}?pageSize=100000");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_of_less_than_nothing_is_refused(string list)
    {
        using var reply = await host.Rest(Person.Holder).GetAsync($"/policy/v1/{list}?pageSize=-1");
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("page_size", Assert.Single(problem.GetProperty("violations").EnumerateArray()).GetProperty("field").GetString());
    }
}
