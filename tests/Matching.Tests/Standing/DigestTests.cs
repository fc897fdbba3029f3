using Ecosystem.Matching.Digests;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;
using Rhythm = Ecosystem.Matching.V1.MatchingSettings.Types.Rhythm;

namespace Ecosystem.Matching.Tests.Standing;

/// <summary>Digests come by the rhythm of each organisation, one for each period, whatever is stopped or runs twice.</summary>
public sealed class DigestTests : IAsyncLifetime
{
    private const string Clinic = "klinikum-beispiel";
    private const string Team = "ki-team-beispiel";

    private readonly MatchingHost _host = new();
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await Copy().CompileDueAsync(CancellationToken.None); // the first periods begin
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Two_copies_at_once_and_a_restart_make_one_digest_for_each_period()
    {
        await WantsAsync(Clinic, Rhythm.Daily);
        Match match = await MatchedAsync();

        _time.Advance(TimeSpan.FromDays(2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Copy().CompileDueAsync(CancellationToken.None))));
        await _host.RestartAsync();
        await Copy().CompileDueAsync(CancellationToken.None);

        Digest digest = Assert.Single(await OfAsync(Clinic));
        Assert.Equal((Rhythm.Daily, match.Id), (digest.Rhythm, Assert.Single(digest.Waiting).Id));
        Assert.NotEmpty(digest.Waiting[0].Proposal.Reasons);
    }

    [Fact]
    public async Task A_period_without_news_has_no_digest_and_one_after_an_outage_leaves_nothing_out()
    {
        await WantsAsync(Clinic, Rhythm.Daily);
        await MatchedAsync();

        _time.Advance(TimeSpan.FromDays(10)); // the service was away
        await Copy().CompileDueAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(1));
        await Copy().CompileDueAsync(CancellationToken.None);

        Assert.Single(await OfAsync(Clinic), one => one.Rhythm == Rhythm.Daily);
    }

    [Fact]
    public async Task Who_says_nothing_gets_one_every_week()
    {
        await MatchedAsync();

        _time.Advance(TimeSpan.FromDays(8));
        await Copy().CompileDueAsync(CancellationToken.None);

        Assert.Equal(Rhythm.Weekly, Assert.Single(await OfAsync(Team)).Rhythm);
    }

    [Fact]
    public async Task Who_wants_none_or_opted_out_gets_none()
    {
        await WantsAsync(Clinic, Rhythm.Never);
        await MatchedAsync();
        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Paused });

        _time.Advance(TimeSpan.FromDays(15));
        await Copy().CompileDueAsync(CancellationToken.None);

        Assert.Empty(await OfAsync(Clinic));
        Assert.Empty(await OfAsync(Team));
    }

    [Fact]
    public async Task Digests_of_a_quarter_ago_are_forgotten()
    {
        await MatchedAsync();
        _time.Advance(TimeSpan.FromDays(8));
        await Copy().CompileDueAsync(CancellationToken.None);
        Assert.Single(await OfAsync(Clinic));

        _time.Advance(TimeSpan.FromDays(100));
        await Copy().CompileDueAsync(CancellationToken.None);

        Assert.Empty(await OfAsync(Clinic));
    }

    private CompileDigests Copy() => new(_host.Service<IDocumentStore>(), _time, NullLogger<CompileDigests>.Instance);

    private async Task<Match> MatchedAsync()
    {
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(Examples.StrokeImages());
        return await Eventually.Find(
            async () => (await Matches().ListMatchesAsync(new ListMatchesRequest(), MatchingHost.As("operator"))).Matches is [var first, ..] ? first : null, "a match was found");
    }

    private Task WantsAsync(string organisation, Rhythm rhythm) => SettingsAsync(organisation, new MatchingSettings { Digest = rhythm });

    private async Task SettingsAsync(string organisation, MatchingSettings settings)
    {
        settings.OrganisationId = organisation;
        await Matches().UpdateMatchingSettingsAsync(new UpdateMatchingSettingsRequest { Settings = settings }, MatchingHost.As("developer", organisation));
    }

    private async Task<IReadOnlyList<Digest>> OfAsync(string organisation) =>
        (await Matches().ListDigestsAsync(new ListDigestsRequest(), MatchingHost.As("data-holder", organisation))).Digests;

    private MatchService.MatchServiceClient Matches() => _host.Client(channel => new MatchService.MatchServiceClient(channel));
}
