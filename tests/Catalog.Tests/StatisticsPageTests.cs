using System.Net;
using Ecosystem.Catalog.Statistics;
using Ecosystem.Testing;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>The figures of the region as people see them.</summary>
public sealed class StatisticsPageTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task The_figures_are_shown_to_people_in_their_language_as_pictures_and_tables()
    {
        await catalog.Solutions(TestTokens.Developer).CreateSolutionAsync(new() { Solution = Solution("Bilderbuch") });
        await catalog.Service<CountCatalogue>().CountAsync(default);

        HttpResponseMessage german = await catalog.Rest().GetAsync("/catalog/v1/statistics.html?areaKey=05911&theme=DATA_SPACE_THEME_HEALTH&monthCount=2&lang=de");
        string page = await german.Content.ReadAsStringAsync();
        string english = await catalog.Rest().GetStringAsync("/catalog/v1/statistics.html?lang=en");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (german.StatusCode, german.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<html lang=\"de\">", page, StringComparison.Ordinal);
        Assert.Contains("Nordrhein-Westfalen</a>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("role=\"img\"").Length - 1); // no smaller area is named for this theme
        Assert.Contains("Reference projects", english, StringComparison.Ordinal);
        Assert.Contains("areaKey=05&amp;lang=en\">Nordrhein-Westfalen</a>", english, StringComparison.Ordinal);
        Assert.Equal(3, english.Split("role=\"img\"").Length - 1);
    }

    [Fact]
    public async Task What_the_page_cannot_show_it_says_in_a_sentence()
    {
        await catalog.Service<CountCatalogue>().CountAsync(default);

        HttpResponseMessage refused = await catalog.Rest().GetAsync("/catalog/v1/statistics.html?areaKey=%3Cscript%3E&monthCount=viele&theme=x&lang=de");
        string page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Fragen Sie nach 1 bis 120 Monaten.", page, StringComparison.Ordinal);
        Assert.Contains("Dieses Thema gibt es nicht.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_page_with_the_figures_is_accessible()
    {
        await catalog.Solutions(TestTokens.Developer).CreateSolutionAsync(new() { Solution = Solution("Barrierefrei") });
        await catalog.Service<CountCatalogue>().CountAsync(default);
        string address = new Uri(catalog.Rest().BaseAddress!, "/catalog/v1/statistics.html").AbsoluteUri;

        await AccessibilityJudge.AcceptsAsync($"{address}?lang=de", $"{address}?lang=en&areaKey=05");
    }
}
