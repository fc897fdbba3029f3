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
    public async Task Who_looks_for_a_team_narrows_by_what_it_can_do_where_in_which_language_and_whether_it_has_room()
    {
        Competence booked = Competence("Suchbares Team in Bochum");
        booked.Skills.Add("Medical Statistics");
        booked.HealthCategories.Add(HealthRecords);
        booked.Languages.Add("de");
        booked.Areas.Add(new Common.V1.Area { Key = "05911000" });
        booked.Capacity = new Capacity { ProjectsAtOnce = 0 };
        Competence free = Competence("Suchbares Team für alle");
        free.Methods.Add("Survival Analysis");
        free.Languages.Add("tr");
        free.Evidence.Add(new Evidence { Kind = Evidence.Types.Kind.Certification, Statement = "Zertifiziert." });
        free.Capacity = new Capacity { ProjectsAtOnce = 2 };
        string here = (await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = booked })).Id;
        string there = (await catalog.Competences(TestTokens.Of("startup-beispiel", "developer")).CreateCompetenceAsync(new() { Competence = free })).Id;

        Assert.Equal(new[] { here, there }.Order(StringComparer.Ordinal), await FoundAsync(new()));
        Assert.Equal([there], await FoundAsync(new() { Methods = { "survival analysis" } }));
        Assert.Equal([here], await FoundAsync(new() { Skills = { "medical statistics", "unbekannt" } }));
        Assert.Equal([here], await FoundAsync(new() { HealthCategories = { HealthRecords } }));
        Assert.Equal([there], await FoundAsync(new() { Languages = { "tr" } }));
        Assert.Equal([there], await FoundAsync(new() { EvidenceKinds = { Evidence.Types.Kind.Certification } }));
        Assert.Equal([there], await FoundAsync(new() { ProviderIds = { "startup-beispiel" } }));
        Assert.Equal([there], await FoundAsync(new() { OnlyAvailable = true }));
        Assert.Equal([there], await FoundAsync(new() { AreaKey = "10" })); // offered everywhere
        Assert.Equal(2, (await FoundAsync(new() { AreaKey = "05" })).Length);
        Assert.Equal(2, (await FoundAsync(new() { Modalities = { "image" }, VerificationState = VerificationState.None })).Length);
        Assert.Empty(await FoundAsync(new() { Languages = { "tr" }, Skills = { "medical statistics" } }));
        Assert.Equal(["health_categories[0]", "area_key[0].key"], Fields(await RefusedAsync(
            catalog.Competences().SearchCompetencesAsync(new() { Query = "Team", HealthCategories = { "EHRS" }, AreaKey = "Bochum" }), StatusCode.InvalidArgument)));
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

    private async Task<string[]> FoundAsync(SearchCompetencesRequest request)
    {
        request.Query = "Suchbares";
        return [.. (await catalog.Competences().SearchCompetencesAsync(request)).Hits.Select(h => h.Competence.Id).Order(StringComparer.Ordinal)];
    }
}
