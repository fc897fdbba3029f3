using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecosystem.Matching.Tests;

/// <summary>What matching knows comes from the catalogue's events, delivered by the sidecar at least once and in any order.</summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private readonly MatchingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_event_delivered_twice_changes_nothing()
    {
        Assert.Equal("SUCCESS", await _host.HearOfAsync(Examples.StrokeImages(), eventId: "one"));
        await _host.HearOfAsync(Examples.Segmentation(), eventId: "two");
        Proposal before = await OnlyProposalAsync();

        Assert.Equal("SUCCESS", await _host.HearOfAsync(Examples.Segmentation(), eventId: "two"));
        Assert.Equal("SUCCESS", await _host.HearOfAsync(Examples.StrokeImages(), eventId: "one"));

        Assert.Equal(before, await OnlyProposalAsync());
    }

    [Fact]
    public async Task A_late_older_event_does_not_bring_back_what_was_changed()
    {
        DataAsset withTerms = Examples.StrokeImages();
        DataAsset withoutTerms = Examples.StrokeImages();
        withoutTerms.Offer = null;
        await _host.HearOfAsync(Examples.Segmentation());

        await _host.HearOfOfferAsync(withTerms, version: 2);
        Assert.Equal("SUCCESS", await _host.HearOfAsync(withoutTerms, version: 1));

        Assert.Equal(PolicyVerdict.Types.Kind.Compatible, (await OnlyProposalAsync()).Policy.Kind);
    }

    [Fact]
    public async Task New_terms_count_from_the_moment_they_are_known()
    {
        await _host.HearOfAsync(Examples.Segmentation());
        await _host.HearOfAsync(Examples.StrokeImages());
        DataAsset changed = Examples.StrokeImages();
        changed.Offer = Examples.Allowing(Examples.Education);

        await _host.HearOfOfferAsync(changed, version: 2);

        Assert.NotEqual(PolicyVerdict.Types.Kind.Compatible, (await OnlyProposalAsync()).Policy.Kind);
    }

    [Fact]
    public async Task Profiles_outlive_a_restart()
    {
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.HearOfAsync(Examples.Segmentation());
        Proposal before = await OnlyProposalAsync();

        await _host.RestartAsync();

        Assert.Equal(before, await OnlyProposalAsync());
    }

    [Fact]
    public async Task What_one_copy_of_the_service_hears_another_copy_finds_in_the_store()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var indexOfTheCopy = new ProfileIndex();
        using var copy = new FollowStore(new SharedStore(_host.Service<IDocumentStore>()), indexOfTheCopy, new ParticipantBook(time), _host.Service<RankingShelf>(), time, NullLogger<FollowStore>.Instance);
        await copy.StartAsync(CancellationToken.None);

        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.HearOfAsync(Examples.Segmentation());
        await Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return indexOfTheCopy.Of(ItemKind.DataAsset).Count == 1 && indexOfTheCopy.Of(ItemKind.Competence).Count == 1;
            },
            "the copy knows the pair");
        await copy.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_event_without_an_asset_is_not_acknowledged() =>
        Assert.NotEqual("SUCCESS", await _host.HearOfAsync(new DataAsset()));

    private async Task<Proposal> OnlyProposalAsync()
    {
        ProposeCompetencesResponse answer = await _host.Grpc().ProposeCompetencesAsync(
            new ProposeCompetencesRequest { DataAssetId = Examples.StrokeImages().Id, Purpose = Examples.Research }, MatchingHost.As("analyst"));
        return Assert.Single(answer.Proposals);
    }

    /// <summary>A store as several copies of the service have it.</summary>
    private sealed class SharedStore(IDocumentStore store) : IDocumentStore
    {
        public bool IsShared => true;

        public IDocumentSession OpenSession() => store.OpenSession();
    }
}
