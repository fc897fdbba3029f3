using System.Globalization;
using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Regions;
using Ecosystem.Gateway.Status;
using Ecosystem.Pages;
using Ecosystem.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;
using static Ecosystem.Gateway.Pages.GatewayTexts;

namespace Ecosystem.Gateway.Pages;

/// <summary>The root of the house: what runs and how it is, where the interfaces are, which accounts exist.</summary>
internal sealed class FrontPage(
    ServiceStatus status, IOptionsMonitor<GatewayOptions> options, IOptions<KeycloakOptions> keycloak,
    IHostEnvironment environment, IConfiguration configuration, TimeProvider clock)
{
    public async Task<Page> ShowAsync(HttpContext context)
    {
        var language = PageLanguages.Choose(context.Request, context.Request.Query["lang"]);
        var services = await status.ReadAsync(context.RequestAborted);
        var region = context.Response.Headers[RegionHeader.Name].ToString();
        return new Page
        {
            Language = language,
            Title = $"{Brand.In(language)} – {Region.In(language)} {region}",
            Brand = Brand.In(language),
            LinkTo = PageLinks.Front,
            Body = Html.Join(
            [
                Html.Of($"""
                    <div class="opening"><p class="quiet">{Region.In(language)}: <strong>{region}</strong></p>
                    <h1>{Headline.In(language)}</h1>
                    <p class="lead">{Lead.In(language)}</p></div>
                    """),
                Services(language, services),
                Interfaces(language, context.Request),
                Html.When(environment.IsDevelopment(), () => Accounts(language)),
            ]),
            Footer = Html.Of($"<p>{Openness.In(language)}</p>"),
        };
    }

    private Html Services(PageLanguage language, IEnumerable<ServiceHealth> services) => Html.Of($"""
        <section aria-labelledby="running"><h2 id="running">{Running.In(language)}</h2>
        <ul class="cards">
        {Html.Join(services.Select(service => Card(language, service)))}
        </ul>
        <p class="quiet after">{AsOf.In(language)} {clock.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC. <a href="{PageLinks.Front(language)}">{AskAgain.In(language)}</a></p></section>
        """);

    private static Html Card(PageLanguage language, ServiceHealth service)
    {
        var description = service.Description.In(language);
        var (look, words) = service.Health switch
        {
            Health.Good => ("good", Good),
            Health.Unwell => ("bad", Unwell),
            _ => ("bad", Unreachable),
        };
        return Html.Of($"""
            <li class="card"><div class="title"><h3>{description.Title}</h3><span class="state {look}">{words.In(language)}</span></div>
            <p class="quiet">{description.Text}</p><p><code>/{service.Name}/v1</code></p></li>
            """);
    }

    private Html Interfaces(PageLanguage language, HttpRequest request)
    {
        var issuer = keycloak.Value.Authority;
        var discovery = issuer + "/.well-known/openid-configuration";
        return Html.Of($"""
            <section><h2 id="interfaces">{GatewayTexts.Interfaces.In(language)}</h2>
            <p>{InterfacesText.In(language)}<br><a href="{PageLinks.Api(language)}">{AllMethods.In(language)}</a><br><a href="{PageLinks.Terms(language)}">{WriteTerms.In(language)}</a></p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="interfaces"><table>
            <thead><tr><th scope="col">{What.In(language)}</th><th scope="col">{Where.In(language)}</th></tr></thead>
            <tbody>
            <tr><th scope="row">REST</th><td><code>{request.Scheme}://{request.Host.Value}</code></td></tr>
            <tr><th scope="row">{GrpcText.In(language)}</th><td><code>{GrpcAddress(request)}</code></td></tr>
            <tr><th scope="row">{SignInText.In(language)}</th><td><a href="{discovery}"><code>{issuer}</code></a></td></tr>
            <tr><th scope="row">{HealthText.In(language)}</th><td><a href="/health"><code>/health</code></a></td></tr>
            </tbody></table></div></section>
            """);
    }

    private Html Accounts(PageLanguage language)
    {
        var accounts = options.CurrentValue.DevelopmentAccounts;
        return Html.When(accounts.Count > 0, () => Html.Of($"""
            <section><h2 id="accounts">{GatewayTexts.Accounts.In(language)}</h2>
            <p>{AccountsText.In(language)} <code>development-only</code></p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="accounts"><table>
            <thead><tr><th scope="col">{Account.In(language)}</th><th scope="col">{Organisation.In(language)}</th><th scope="col">{Role.In(language)}</th></tr></thead>
            <tbody>
            {Html.Join(accounts.Select(account => Html.Of($"<tr><th scope=\"row\">{account.Username}</th><td>{account.Organisation}</td><td>{account.Role}</td></tr>")))}
            </tbody></table></div></section>
            """));
    }

    // The same host as the page, with the port of the gRPC endpoint.
    private string GrpcAddress(HttpRequest request) =>
        Uri.TryCreate(configuration["Kestrel:Endpoints:grpc:Url"], UriKind.Absolute, out var grpc)
            ? $"{request.Host.Host}:{grpc.Port.ToString(CultureInfo.InvariantCulture)}"
            : request.Host.Host;
}
