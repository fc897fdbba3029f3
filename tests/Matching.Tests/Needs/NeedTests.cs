using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using State = Ecosystem.Matching.V1.Need.Types.State;

namespace Ecosystem.Matching.Tests.Needs;

/// <summary>The alliance states what it needs, and ends the search.</summary>
public sealed class NeedTests(MatchingHost host) : IClassFixture<MatchingHost>
{
    private readonly NeedService.NeedServiceClient _needs = host.Client(channel => new NeedService.NeedServiceClient(channel));

    [Fact]
    public async Task A_need_belongs_to_the_organisation_of_its_author_and_is_open()
    {
        Need asked = Examples.HelpAfterStroke();
        asked.Organisation = Examples.Organisation("krankenkasse-beispiel", "");
        asked.State = State.Met;

        Need need = await CreateAsync(asked);

        Assert.Equal(("klinikum-beispiel", State.Open), (need.Organisation.Id, need.State));
        Assert.Equal(need, await _needs.GetNeedAsync(new GetNeedRequest { Id = need.Id }, MatchingHost.As("reviewer", "pruefstelle-beispiel")));
    }

    [Fact]
    public async Task Everything_wrong_with_a_need_is_said_at_once_in_German_too()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new Need
        {
            Areas = { Examples.Area("Bochum", "") }, Purposes = { "research" }, Languages = { "Deutsch" },
        }));

        var violations = RichStatus.Detail<Google.Rpc.BadRequest>(RichStatus.Of(refusal))!.FieldViolations;
        Assert.Equal(
            ["need.title", "need.areas[0].key", "need.languages[0]", "need.urgency", "need.source", "need.purposes[0]"],
            violations.Select(violation => violation.Field));
        Assert.All(violations, violation => Assert.Equal("de", violation.LocalizedMessage.Locale));
    }

    [Fact]
    public async Task Only_the_fields_that_are_named_change()
    {
        Need need = await CreateAsync(Examples.HelpAfterStroke());

        Need changed = await _needs.UpdateNeedAsync(
            new UpdateNeedRequest { Need = new Need { Id = need.Id, Etag = need.Etag, Urgency = Need.Types.Urgency.Low }, UpdateMask = new FieldMask { Paths = { "urgency", "purposes" } } },
            MatchingHost.As("data-holder"));

        Assert.Equal((Need.Types.Urgency.Low, 0, need.Title), (changed.Urgency, changed.Purposes.Count, changed.Title));
    }

    [Fact]
    public async Task Others_may_not_change_a_need_and_nobody_overwrites_unseen_changes()
    {
        Need need = await CreateAsync(Examples.HelpAfterStroke());
        var request = new UpdateNeedRequest { Need = new Need { Id = need.Id, Etag = "0", Urgency = Need.Types.Urgency.Low } };

        Assert.Equal("NOT_THE_OWNER", await ReasonAsync(() => _needs.UpdateNeedAsync(request, MatchingHost.As("data-holder", "krankenkasse-beispiel"))));
        Assert.Equal("ETAG_MISMATCH", await ReasonAsync(() => _needs.UpdateNeedAsync(request, MatchingHost.As("data-holder"))));
        request.UpdateMask = new FieldMask { Paths = { "state" } };
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await _needs.UpdateNeedAsync(request, MatchingHost.As("data-holder")))).StatusCode);
    }

    [Fact]
    public async Task A_closed_need_says_why_and_stays_closed()
    {
        Need need = await CreateAsync(Examples.HelpAfterStroke());
        var close = new CloseNeedRequest { Id = need.Id, State = State.Met, Reason = Examples.Text("Gefunden.", "Found.") };

        Need closed = await _needs.CloseNeedAsync(close, MatchingHost.As("data-holder"));

        Assert.Equal((State.Met, "Found."), (closed.State, closed.StateReason.Values["en"]));
        Assert.Equal("WRONG_STATE", await ReasonAsync(() => _needs.CloseNeedAsync(close, MatchingHost.As("data-holder"))));
    }

    [Fact]
    public async Task Needs_are_listed_by_organisation_newest_first_page_by_page()
    {
        const string Organisation = "kommune-beispiel";
        Need[] stated = [await CreateAsync(Examples.HelpAfterStroke(), Organisation), await CreateAsync(Examples.HelpAfterStroke(), Organisation)];

        ListNeedsResponse first = await _needs.ListNeedsAsync(new ListNeedsRequest { OrganisationId = Organisation, PageSize = 1 }, MatchingHost.As("planner"));
        ListNeedsResponse second = await _needs.ListNeedsAsync(
            new ListNeedsRequest { OrganisationId = Organisation, PageSize = 1, PageToken = first.Page.NextPageToken }, MatchingHost.As("planner"));

        Assert.Equal([stated[1].Id, stated[0].Id], first.Needs.Concat(second.Needs).Select(need => need.Id));
        Assert.Equal((2, ""), (first.Page.TotalSize, second.Page.NextPageToken));
    }

    [Fact]
    public async Task Clients_of_the_health_system_do_not_see_needs_and_REST_says_so()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Rest("client").GetAsync("/matching/v1/needs")).StatusCode);
        HttpResponseMessage refused = await host.Rest("data-holder").PostAsJsonAsync("/matching/v1/needs", new { });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotEmpty((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").EnumerateArray());
    }

    private async Task<Need> CreateAsync(Need need, string organisation = "klinikum-beispiel") =>
        await _needs.CreateNeedAsync(new CreateNeedRequest { Need = need }, MatchingHost.As("data-holder", organisation));

    private static async Task<string> ReasonAsync<T>(Func<AsyncUnaryCall<T>> call) =>
        RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(async () => await call()))!.Reason;
}
