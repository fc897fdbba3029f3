using Ecosystem.Grpc;
using Ecosystem.Pages;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Discovery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Gateway.Pages;

internal static class PagesExtensions
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<FrontPage>();
        builder.Services.TryAddTransient<TermsPage>();
        builder.Services.AddGrpcClient<TermsService.TermsServiceClient>((services, client) =>
        {
            var copies = services.GetRequiredService<ServiceAddresses>().Grpc("policy");
            client.Address = copies[0];
            client.ChannelOptionsActions.Add(channel => channel.TakeInTurn(copies.Skip(1)));
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", (HttpContext context, FrontPage page) => page.ShowAsync(context));
        app.MapGet("/api", ApiPage.Show);
        app.MapGet("/terms", (HttpContext context, TermsPage page) => page.ListAsync(context));
        app.MapGet("/terms/{id}", (string id, HttpContext context, TermsPage page) => page.FillAsync(id, context));
    }
}

internal static class PageLinks
{
    public static string Front(PageLanguage language) => "/?lang=" + language.Tag();

    public static string Api(PageLanguage language) => "/api?lang=" + language.Tag();

    public static string Terms(PageLanguage language) => "/terms?lang=" + language.Tag();

    /// <summary>A template; with the answers that were given, so that changing the language loses none.</summary>
    public static string Template(string id, PageLanguage language, IQueryCollection? answers = null) => $"/terms/{Uri.EscapeDataString(id)}"
        + QueryString.Create((answers ?? QueryCollection.Empty).Where(answer => answer.Key != "lang").Append(new("lang", language.Tag())));

    /// <summary>Where the answers go: to the same page, at its result.</summary>
    public static string TemplateAction(string id) => $"/terms/{Uri.EscapeDataString(id)}#result";
}
