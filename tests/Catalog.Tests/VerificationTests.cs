using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.Reminders;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class VerificationTests(StrictCatalogHost catalog) : IClassFixture<StrictCatalogHost>
{
    [Fact]
    public async Task An_operator_verifies_a_competence_until_it_expires()
    {
        Competence competence = await RegisterAsync();

        Competence verified = await VerifyAsync(competence, days: 30);
        Assert.True(verified.Verification.IsCurrent);
        Assert.Equal("koordinierungsstelle-beispiel", verified.Verification.OrganisationId);

        catalog.Time.Set(catalog.Time.GetUtcNow() + TimeSpan.FromDays(31));
        Assert.False((await catalog.Competences().GetCompetenceAsync(new() { Id = competence.Id })).Verification.IsCurrent);
    }

    [Fact]
    public async Task A_change_by_the_provider_voids_the_verification()
    {
        Competence competence = await RegisterAsync();
        await VerifyAsync(competence, days: 30);

        Competence changed = await catalog.Competences(TestTokens.Developer).UpdateCompetenceAsync(
            new() { Competence = new Competence { Id = competence.Id, Skills = { "Statistik" } } });

        Assert.Null(changed.Verification);
        Assert.Equal(["Statistik"], changed.Skills);
    }

    [Fact]
    public async Task A_benchmark_without_figures_and_an_expired_proof_are_not_verified()
    {
        Competence weak = Competence();
        weak.Evidence[0].Figures.Clear();
        weak.Evidence.Add(new Evidence { Kind = Evidence.Types.Kind.Certification, Statement = "ISO 13485", ExpireTime = In(days: 10) });
        Competence competence = await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = weak });

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => VerifyAsync(competence, days: 30));

        Assert.Equal(["evidence[0].figures", "evidence[1].expire_time"], Fields(refused));
    }

    [Fact]
    public async Task Nobody_verifies_its_own_competence()
    {
        Competence competence = await catalog.Competences(TestTokens.Operator).CreateCompetenceAsync(new() { Competence = Competence() });

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => VerifyAsync(competence, days: 30));

        Assert.Equal("OWN_COMPETENCE", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task When_a_verification_expires_it_is_told_once_and_can_be_asked_for()
    {
        Competence lasting = await VerifyAsync(await RegisterAsync(), days: 300);
        Competence competence = await VerifyAsync(await RegisterAsync(), days: 100);
        Competence bare = await RegisterAsync();
        Assert.Equal([competence.Id, lasting.Id], Only([competence, lasting, bare], await ListAsync(new() { ExpiresBefore = In(days: 301) })));
        Assert.Equal([bare.Id], Only([competence, lasting, bare], await ListAsync(new() { VerificationState = VerificationState.None })));

        catalog.Time.Set(catalog.Time.GetUtcNow() + TimeSpan.FromDays(101));
        var reminders = catalog.Service<DueReminders<CompetenceDocument>>();
        await Eventually.True(async () => await reminders.RemindAsync(default) == 0, "everything due was told of, here or by the service itself");

        PublishedEvent[] told = await catalog.Sidecar.AboutAsync(competence.Id, atLeast: 3);
        Assert.Equal(("catalog.checks", "ecosystem.catalog.events.v1.CompetenceVerificationExpired"), (told[2].Topic, told[2].Type));
        Assert.Single(told, e => e.Topic == "catalog.checks");
        Assert.Equal([competence.Id], Only([competence, lasting, bare], await ListAsync(new() { VerificationState = VerificationState.Expired })));
        Assert.Equal([lasting.Id], Only([competence, lasting, bare], await ListAsync(new() { VerificationState = VerificationState.Current })));
        Assert.DoesNotContain(catalog.Sidecar.All, e => e.Subject == lasting.Id && e.Topic == "catalog.checks");
    }

    private static IEnumerable<string> Only(Competence[] mine, ListCompetencesResponse listed) =>
        listed.Competences.Select(c => c.Id).Where(id => mine.Any(m => m.Id == id));

    private async Task<ListCompetencesResponse> ListAsync(ListCompetencesRequest request)
    {
        request.PageSize = 200;
        return await catalog.Competences().ListCompetencesAsync(request);
    }

    private async Task<Competence> RegisterAsync() =>
        await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence() });

    private async Task<Competence> VerifyAsync(Competence competence, int days) =>
        await catalog.Competences(TestTokens.Operator).VerifyCompetenceAsync(
            new() { Id = competence.Id, Etag = competence.Etag, ExpireTime = In(days), Note = Text("Unterlagen gesehen.") });

    private Timestamp In(int days) => Timestamp.FromDateTimeOffset(catalog.Time.GetUtcNow() + TimeSpan.FromDays(days));
}
