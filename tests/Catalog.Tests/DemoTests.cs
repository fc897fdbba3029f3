using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.V1;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class DemoTests(DevelopmentCatalogHost catalog) : IClassFixture<DevelopmentCatalogHost>
{
    [Fact]
    public async Task On_a_developers_machine_the_first_run_is_not_empty_and_says_what_is_invented()
    {
        ListDataAssetsResponse assets = await catalog.DataAssets().ListDataAssetsAsync(new());
        ListCompetencesResponse competences = await catalog.Competences().ListCompetencesAsync(new());

        Assert.NotEmpty(assets.DataAssets);
        Assert.NotEmpty(competences.Competences);
        Assert.All(assets.DataAssets, a => Assert.Contains("Beispiel", a.Holder.Name, StringComparison.Ordinal));
        Assert.All(competences.Competences, c => Assert.Contains("example", c.Title.Values["en"], StringComparison.Ordinal));
        await catalog.Sidecar.AboutAsync(assets.DataAssets[0].Id);
        ListSolutionsResponse solutions = await catalog.Solutions().ListSolutionsAsync(new());
        ListReferenceProjectsResponse projects = await catalog.ReferenceProjects().ListReferenceProjectsAsync(new());
        Assert.NotEmpty(solutions.Solutions);
        Assert.NotEmpty(projects.ReferenceProjects);
        Assert.All(solutions.Solutions.Select(s => s.Title).Concat(projects.ReferenceProjects.Select(p => p.Title)), title => Assert.Contains("example", title.Values["en"], StringComparison.Ordinal));
        Assert.All(solutions.Solutions.Select(s => s.Provider).Concat(projects.ReferenceProjects.Select(p => p.Provider)), o => Assert.Contains("Beispiel", o.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_examples_keep_the_rules_and_their_terms_can_be_met()
    {
        foreach (DataAsset asset in (await catalog.DataAssets().ListDataAssetsAsync(new())).DataAssets)
        {
            DataAsset same = await catalog.DataAssets(TestTokens.Operator).UpdateDataAssetAsync(new() { DataAsset = asset });
            if (same.Offer is not null)
            {
                await catalog.DataAssets(TestTokens.Operator).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = asset.Offer.PolicyJson });
            }
        }

        foreach (Competence competence in (await catalog.Competences().ListCompetencesAsync(new())).Competences)
        {
            await catalog.Competences(TestTokens.Operator).UpdateCompetenceAsync(new() { Competence = competence });
        }
    }

    [Fact]
    public async Task After_a_restart_the_examples_are_there_once()
    {
        long before = (await catalog.DataAssets().ListDataAssetsAsync(new())).Page.TotalSize;

        await catalog.RestartAsync();

        Assert.Equal(before, (await catalog.DataAssets().ListDataAssetsAsync(new())).Page.TotalSize);
    }

    [Theory]
    [InlineData("05911000", "Bochum")]
    [InlineData("05170", "Kreis Wesel")]
    [InlineData("05170048", "Wesel")]
    [InlineData("05", "Nordrhein-Westfalen")]
    public void Areas_have_their_official_names(string key, string name) => Assert.Equal(name, AreaNames.Of(key));
}
