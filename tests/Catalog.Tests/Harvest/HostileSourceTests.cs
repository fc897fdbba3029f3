using Ecosystem.Catalog.Harvest.Reading;
using Ecosystem.Catalog.V1;
using Microsoft.AspNetCore.Http;
using static Ecosystem.Catalog.Tests.Harvest.ForeignSite;
using Outcome = Ecosystem.Catalog.V1.HarvestRun.Types.Outcome;

namespace Ecosystem.Catalog.Tests.Harvest;

public sealed class HostileSourceTests(HarvestingCatalogHost catalog) : IClassFixture<HarvestingCatalogHost>
{
    [Theory]
    [InlineData("/huge", "larger than 0.1 MiB")]
    [InlineData("/endless", "larger than 0.1 MiB")]
    [InlineData("/slow", "did not answer in full within 2 seconds")]
    [InlineData("/trickle", "did not answer in full within 2 seconds")]
    [InlineData("/broken", "cannot be read from line")]
    [InlineData("/cut", "cannot be read")]
    [InlineData("/html", "text/html; state the format")]
    [InlineData("/failing", "answers with status 500")]
    [InlineData("/loop", "redirects more than 5 times")]
    [InlineData("/to-file", "not an http or https address")]
    [InlineData("/circle", "lead in a circle")]
    [InlineData("/forbidden/all", "robots.txt does not allow")]
    [InlineData("/to-forbidden", "robots.txt does not allow")]
    public async Task A_hostile_source_never_keeps_a_run_from_ending_and_is_reported_with_the_reason(string path, string reason)
    {
        await using ForeignSite site = await HostileAsync();

        HarvestRun run = await RunAsync(catalog, site.Address + path);

        Assert.Equal(Outcome.Failed, run.Outcome);
        Assert.Contains(reason, run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_relative_names_start_where_it_leads()
    {
        await using ForeignSite site = await HostileAsync();
        site.Redirect("/moved", "/there/catalogue");
        site.Page("/there/catalogue", Prefixes + Dataset("r1", "Umgezogen") + "[] hydra:next <next> .");
        site.Page("/there/next", Prefixes + Dataset("r2", "Zweite Seite"));

        HarvestRun run = await RunAsync(catalog, site.Address + "/moved");

        Assert.Equal((Outcome.Complete, 2), (run.Outcome, run.Found));
    }

    [Theory]
    [InlineData("User-agent: *\nDisallow: /", "/x", false)]
    [InlineData("User-agent: *\nDisallow:", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /open", "/open/x", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: ecosystem-catalog\nDisallow: /private", "/x", true)]
    [InlineData("User-agent: other\nUser-agent: ECOSYSTEM-CATALOG\nDisallow: /x # words", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /*.ttl$", "/a/b.ttl", false)]
    [InlineData("User-agent: *\nDisallow: /*.ttl$", "/a/b.ttl?x", true)]
    [InlineData("<html>not robots</html>", "/x", true)]
    public void Sites_are_read_as_they_ask(string robots, string path, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotRules.Read(robots, PoliteClient.Program).Allows(path));

    [Fact]
    public void Sites_may_ask_for_time()
    {
        Assert.Equal(TimeSpan.FromSeconds(2.5), RobotRules.Read("User-agent: *\nCrawl-delay: 2.5", PoliteClient.Program).Delay);
        Assert.Equal(TimeSpan.FromSeconds(60), RobotRules.Read("User-agent: *\nCrawl-delay: 86400", PoliteClient.Program).Delay);
    }

    internal static async Task<HarvestRun> RunAsync(HarvestingCatalogHost catalog, string url)
    {
        HarvestService.HarvestServiceClient harvests = catalog.Harvests(TestTokens.Operator);
        HarvestSource source = await harvests.CreateHarvestSourceAsync(new()
        {
            HarvestSource = new HarvestSource { Name = url, Url = url, License = "https://example.org/licence", HolderId = "feindlich-beispiel", DefaultHealthCategories = { Examples.HealthRecords } },
        });
        return await harvests.RunHarvestAsync(new() { Id = source.Id });
    }

    private static async Task<ForeignSite> HostileAsync()
    {
        ForeignSite site = await StartAsync();
        site.Page("/robots.txt", "User-agent: *\nDisallow: /forbidden/\n", type: "text/plain");
        site.Page("/forbidden/all", Prefixes + Dataset("x", "Verboten"));
        site.Redirect("/to-forbidden", "/forbidden/all");
        site.Page("/huge", Prefixes + new string('#', 200_000));
        site.Page("/broken", Prefixes + "<https://foreign.example.org/b> a dcat:Dataset ; dct:title \"\"\"nie zu Ende .");
        site.Page("/html", "<html></html>", type: "text/html");
        site.Redirect("/loop", "/loop");
        site.Redirect("/to-file", "file:///etc/hostname");
        site.Page("/circle", Prefixes + Dataset("c1", "Kreis"), next: "/circle2");
        site.Page("/circle2", Prefixes + Dataset("c2", "Kreis"), next: "/circle");
        site.Answer("/failing", context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        site.Answer("/slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        site.Answer("/endless", context => WriteForEverAsync(context, new string('#', 10_000), TimeSpan.Zero));
        site.Answer("/trickle", context => WriteForEverAsync(context, "#", TimeSpan.FromMilliseconds(50)));
        site.Answer("/cut", async context =>
        {
            context.Response.ContentType = "text/turtle";
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync(Prefixes);
            context.Abort();
        });
        return site;
    }

    private static async Task WriteForEverAsync(HttpContext context, string text, TimeSpan pause)
    {
        context.Response.ContentType = "text/turtle";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(text, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted);
        }
    }
}

/// <summary>The same with the guard that is on unless somebody takes it off.</summary>
public sealed class PrivateAddressTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Theory]
    [InlineData("http://127.0.0.1:9/catalogue")]
    [InlineData("http://localhost:9/catalogue")]
    [InlineData("http://[::1]:9/catalogue")]
    public async Task Nothing_inside_a_private_network_is_read(string url)
    {
        var harvests = new HarvestService.HarvestServiceClient(catalog.Invoker(TestTokens.Operator));
        HarvestSource source = await harvests.CreateHarvestSourceAsync(new()
        {
            HarvestSource = new HarvestSource { Name = "Innen", Url = url, License = "https://example.org/licence", HolderId = "innen-beispiel", Paused = true },
        });

        HarvestRun run = await harvests.RunHarvestAsync(new() { Id = source.Id });

        Assert.Equal(Outcome.Failed, run.Outcome);
        Assert.Contains("private network", run.Problem, StringComparison.Ordinal);
    }
}
