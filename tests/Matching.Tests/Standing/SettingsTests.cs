using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;

namespace Ecosystem.Matching.Tests.Standing;

/// <summary>Whoever changes how an organisation takes part is refused when another person was faster, and for nothing else.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private const string Clinic = "klinikum-beispiel";
    private const string Team = "ki-team-beispiel";

    private readonly MatchingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_matching_notes_about_an_organisation_refuses_nobody()
    {
        await ChangeAsync("capacity", 1);
        string read = await ReadAsync();
        string match = await AgreedMatchAsync();
        Assert.Equal(1, (await StoredAsync()).Settings.BusyWith);

        HttpResponseMessage whileBusy = await ChangeAsync("digest", "RHYTHM_DAILY", read);
        await Matches().ReportOutcomeAsync(new ReportOutcomeRequest { Id = match, Kind = MatchOutcome.Types.Kind.Cooperation }, MatchingHost.As("developer", Clinic));
        await Eventually.True(async () => await StoredAsync() is { Settings.BusyWith: 0, WaitsSince: null }, "the clinic has room again, and what it offers was marked to be matched");
        HttpResponseMessage withRoomAgain = await ChangeAsync("capacity", 2, whileBusy.Headers.ETag!.Tag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (whileBusy.StatusCode, withRoomAgain.StatusCode));
        MatchingSettings kept = (await StoredAsync()).Settings;
        Assert.Equal((2, MatchingSettings.Types.Rhythm.Daily), (kept.Capacity, kept.Digest));
    }

    [Fact]
    public async Task A_change_without_a_mask_leaves_alone_what_it_does_not_name()
    {
        await ChangeAsync("capacity", 7);

        (await _host.Rest("developer").PatchAsJsonAsync($"/matching/v1/settings/{Clinic}", new { digest = "RHYTHM_DAILY" })).EnsureSuccessStatusCode();

        MatchingSettings kept = (await StoredAsync()).Settings;
        Assert.Equal((7, MatchingSettings.Types.Rhythm.Daily), (kept.Capacity, kept.Digest));
    }

    [Theory]
    [InlineData("capacity", "7")]
    [InlineData("digest", "\"RHYTHM_DAILY\"")]
    [InlineData("participation", "\"PARTICIPATION_PAUSED\"")]
    [InlineData("available", """{"end":"2099-01-01T00:00:00Z"}""")]
    public async Task What_another_person_set_refuses_whoever_read_before(string setting, string value)
    {
        string read = await ReadAsync();
        await ChangeAsync(setting, JsonSerializer.Deserialize<JsonElement>(value));

        HttpResponseMessage refused = await ChangeAsync("capacity", 2, read);

        JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.Conflict, "ETAG_MISMATCH"), (refused.StatusCode, problem.GetProperty("reason").GetString()));
        Assert.Equal(await ReadAsync(), $"\"{problem.GetProperty("metadata").GetProperty("etag").GetString()}\"");
        Assert.NotEqual(2, (await StoredAsync()).Settings.Capacity);
    }

    [Fact]
    public async Task Of_two_who_read_the_same_one_is_refused_even_at_the_same_moment()
    {
        string read = await ReadAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(ChangeAsync("capacity", 2, read), ChangeAsync("capacity", 3, read));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Changes_of_different_settings_at_the_same_moment_are_all_kept()
    {
        HttpResponseMessage[] answers = await Task.WhenAll(
            ChangeAsync("capacity", 2), ChangeAsync("digest", "RHYTHM_NEVER"), ChangeAsync("available", new { end = "2099-01-01T00:00:00Z" }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        MatchingSettings kept = (await StoredAsync()).Settings;
        Assert.Equal((2, MatchingSettings.Types.Rhythm.Never, 2099), (kept.Capacity, kept.Digest, kept.Available.End.ToDateTime().Year));
    }

    [Fact]
    public async Task Who_has_room_again_is_known_only_once_it_is_saved()
    {
        await ChangeAsync("capacity", 1);
        string id = await AgreedMatchAsync();
        ParticipantBook book = _host.Service<ParticipantBook>();
        Assert.False(book.IsAvailable(Clinic));

        await using IDocumentSession session = _host.Service<IDocumentStore>().OpenSession();
        MatchDocument match = (await session.LoadAsync<MatchDocument>(id))!;
        IReadOnlyList<ParticipantDocument> free = await _host.Service<MatchRegister>().WithdrawAsync(session, match, Labels.Text("Beispiel", "Example"), CancellationToken.None);

        Assert.Contains(free, participant => participant.Id == Clinic && participant.Settings.BusyWith == 0);
        Assert.False(book.IsAvailable(Clinic));
    }

    private async Task<string> ReadAsync() => (await _host.Rest("developer").GetAsync($"/matching/v1/settings/{Clinic}")).Headers.ETag!.Tag;

    private Task<HttpResponseMessage> ChangeAsync(string setting, object value, string? ifMatch = null)
    {
        HttpClient client = _host.Rest("developer");
        if (ifMatch is not null) client.DefaultRequestHeaders.Add("If-Match", ifMatch);
        return client.PatchAsJsonAsync($"/matching/v1/settings/{Clinic}?updateMask={setting}", new Dictionary<string, object>(StringComparer.Ordinal) { [setting] = value });
    }

    private async Task<ParticipantDocument> StoredAsync()
    {
        await using IDocumentSession session = _host.Service<IDocumentStore>().OpenSession();
        return await ParticipantBook.LoadAsync(session, Clinic, CancellationToken.None);
    }

    private async Task<string> AgreedMatchAsync()
    {
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(Examples.StrokeImages());
        Match match = await Eventually.Find(
            async () => (await Matches().ListMatchesAsync(new ListMatchesRequest(), MatchingHost.As("operator"))).Matches is [var first, ..] ? first : null, "a match was found");
        foreach (string organisation in (string[])[Clinic, Team])
        {
            await Matches().AnswerMatchAsync(new AnswerMatchRequest { Id = match.Id, Accept = true }, MatchingHost.As("developer", organisation));
        }
        return match.Id;
    }

    private MatchService.MatchServiceClient Matches() => _host.Client(channel => new MatchService.MatchServiceClient(channel));
}
