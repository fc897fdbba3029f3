using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class CompetenceTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task A_team_registers_a_competence_and_anyone_finds_it()
    {
        Competence created = await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence() });

        Assert.Equal(created, await catalog.Competences().GetCompetenceAsync(new() { Id = created.Id }));
        Assert.Equal("ki-team-beispiel", created.Provider.Id);
        Assert.Contains((await catalog.Competences().ListCompetencesAsync(new())).Competences, c => c.Id == created.Id);
        SearchCompetencesResponse found = await catalog.Competences().SearchCompetencesAsync(new() { Query = "Lungenrundherd" });
        Assert.Contains(found.Hits, h => h.Competence.Id == created.Id && h.Score > 0);
        PublishedEvent told = (await catalog.Sidecar.AboutAsync(created.Id))[0];
        Assert.Equal(("catalog.competences", "ecosystem.catalog.events.v1.CompetencePublished"), (told.Topic, told.Type));
    }

    [Fact]
    public async Task A_competence_without_proof_is_refused()
    {
        Competence unproven = Competence();
        unproven.Evidence.Clear();
        unproven.Title = null;

        RpcException refused = await RefusedAsync(
            catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = unproven }), StatusCode.InvalidArgument);

        Assert.Equal(["competence.title", "competence.evidence"], Fields(refused));
    }

    [Fact]
    public async Task Only_the_provider_changes_it_and_only_with_the_current_etag()
    {
        Competence created = await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence() });

        RpcException foreign = await RefusedAsync(
            catalog.Competences(TestTokens.Of("startup-beispiel", "developer")).UpdateCompetenceAsync(new() { Competence = created }), StatusCode.PermissionDenied);
        Assert.Equal("NOT_THE_PROVIDER", RichStatus.ReasonOf(foreign)!.Reason);

        Competence changed = await catalog.Competences(TestTokens.Developer).UpdateCompetenceAsync(
            new() { Competence = new Competence { Id = created.Id, Etag = created.Etag, Title = Text("Neu") } });
        RpcException late = await RefusedAsync(
            catalog.Competences(TestTokens.Developer).UpdateCompetenceAsync(
                new() { Competence = new Competence { Id = created.Id, Etag = created.Etag, Title = Text("Zu spät") } }),
            StatusCode.Aborted);
        Assert.Equal(changed.Etag, RichStatus.ReasonOf(late)!.Metadata["etag"]);
    }
}
