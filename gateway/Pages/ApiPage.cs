using Ecosystem.Authz.V1;
using Ecosystem.Contracts;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Pages;
using Google.Api;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using static Ecosystem.Gateway.Pages.GatewayTexts;

namespace Ecosystem.Gateway.Pages;

/// <summary>Every method of every public contract with what it does, its REST form and its access rule; read from the contracts, so it cannot be out of date.</summary>
internal static class ApiPage
{
    public static Page Show(HttpContext context)
    {
        var language = PageLanguages.Choose(context.Request, context.Request.Query["lang"]);
        return new Page
        {
            Language = language,
            Title = $"{ApiHeadline.In(language)} – {Brand.In(language)}",
            Brand = Brand.In(language),
            LinkTo = PageLinks.Api,
            Body = Html.Of($"""
                <div class="opening"><p class="quiet"><a href="{PageLinks.Front(language)}">{BackToStart.In(language)}</a></p>
                <h1>{ApiHeadline.In(language)}</h1>
                <p class="lead">{ApiLead.In(language)}</p>
                <p><a href="/openapi.json">{OpenApiText.In(language)}</a></p></div>
                {Html.Join(ContractFiles.Public.Select(service => Service(language, service)))}
                """),
            Footer = Html.Of($"<p>{Openness.In(language)}</p>"),
        };
    }

    private static Html Service(PageLanguage language, ServiceDescriptor service) => Html.Of($"""
        <section><h2 id="{service.FullName}"><code>{service.FullName}</code></h2>
        <p lang="en">{ProtoComments.Of(service)}</p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="{service.FullName}"><table>
        <thead><tr><th scope="col">{Method.In(language)}</th><th scope="col">REST</th><th scope="col">{GatewayTexts.Access.In(language)}</th></tr></thead>
        <tbody>
        {Html.Join(service.Methods.Select(method => Row(language, method)))}
        </tbody></table></div></section>
        """);

    private static Html Row(PageLanguage language, MethodDescriptor method) => Html.Of($"""
        <tr><th scope="row">{method.Name}<br><span class="quiet" lang="en">{ProtoComments.Of(method)}</span></th><td><code>{RestOf(method)}</code></td><td>{AccessTo(language, method)}</td></tr>
        """);

    private static string RestOf(MethodDescriptor method)
    {
        var http = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
        return http?.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => "GET " + http.Get,
            HttpRule.PatternOneofCase.Post => "POST " + http.Post,
            HttpRule.PatternOneofCase.Put => "PUT " + http.Put,
            HttpRule.PatternOneofCase.Patch => "PATCH " + http.Patch,
            HttpRule.PatternOneofCase.Delete => "DELETE " + http.Delete,
            _ => "–",
        };
    }

    private static Html AccessTo(PageLanguage language, MethodDescriptor method) => method.GetOptions()?.GetExtension(RuleExtensions.Rule) switch
    {
        { Public: true } => Html.Text(GatewayTexts.Public.In(language)),
        { Roles.Count: > 0 } rule => Html.Of($"{string.Join(", ", rule.Roles)}<br><span class=\"quiet\">{rule.Permission}</span>"),
        _ => Html.Text(Closed.In(language)),
    };
}
