using Ecosystem.Pages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Gateway.Pages;

internal static class PagesExtensions
{
    public static void AddPages(this WebApplicationBuilder builder) => builder.Services.TryAddSingleton<FrontPage>();

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", (HttpContext context, FrontPage page) => page.ShowAsync(context));
        app.MapGet("/api", ApiPage.Show);
    }
}

internal static class PageLinks
{
    public static string Front(PageLanguage language) => "/?lang=" + language.Tag();

    public static string Api(PageLanguage language) => "/api?lang=" + language.Tag();
}
