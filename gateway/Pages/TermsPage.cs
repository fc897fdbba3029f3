using Ecosystem.Grpc;
using Ecosystem.Pages;
using Ecosystem.Policy.V1;
using Google.Rpc;
using Grpc.Core;
using LocalizedText = Ecosystem.Common.V1.LocalizedText;
using static Ecosystem.Gateway.Pages.GatewayTexts;
using static Ecosystem.Gateway.Pages.TermsTexts;

namespace Ecosystem.Gateway.Pages;

/// <summary>Terms of use for people: choose a template, answer its questions, read what the terms say. A plain form, nothing is kept.</summary>
internal sealed class TermsPage(TermsService.TermsServiceClient terms)
{
    public async Task<Page> ListAsync(HttpContext context)
    {
        var language = PageLanguages.Choose(context.Request, context.Request.Query["lang"]);
        return await TemplatesAsync(context) is { } templates
            ? Show(language, ListHeadline.In(language), PageLinks.Terms, Html.Of($"""
                <div class="opening"><p class="quiet"><a href="{PageLinks.Front(language)}">{BackToStart.In(language)}</a></p>
                <h1>{ListHeadline.In(language)}</h1><p class="lead">{ListLead.In(language)}</p></div>
                <section aria-labelledby="health"><h2 id="health">{HealthCases.In(language)}</h2>{Choices(language, templates.Where(template => template.UsageClass == 0))}</section>
                <section aria-labelledby="classes"><h2 id="classes">{UsageClasses.In(language)}</h2>{Choices(language, templates.Where(template => template.UsageClass > 0))}</section>
                """))
            : Unavailable(language, PageLinks.Terms);
    }

    public async Task<Page> FillAsync(string id, HttpContext context)
    {
        var query = context.Request.Query;
        var language = PageLanguages.Choose(context.Request, query["lang"]);
        string LinkTo(PageLanguage other) => PageLinks.Template(id, other, query);
        if (await TemplatesAsync(context) is not { } templates)
            return Unavailable(language, LinkTo);
        if (templates.FirstOrDefault(template => template.Id == id) is not { } template)
            return Show(language, NoTemplate.In(language), PageLinks.Terms, Opening(language, NoTemplate.In(language), ""), StatusCodes.Status404NotFound);
        var form = new TermsForm(template, language, query);
        var (result, isWrong) = form.IsAnswered ? await ResultAsync(form, context.RequestAborted) : (Html.Empty, false);
        var title = template.Title.In(language);
        return Show(language, isWrong ? $"{WrongTitle.In(language)}: {title}" : title, LinkTo, Html.Of($"""
            {Opening(language, title, EnforcedBy(template.Enforcement).In(language))}
            {Html.When(isWrong, () => result)}
            <section class="card" aria-labelledby="questions"><h2 id="questions">{Questions.In(language)}</h2>{form.Markup()}</section>
            {Html.When(!isWrong, () => result)}
            """));
    }

    private static Html Opening(PageLanguage language, string title, string lead) => Html.Of($"""
        <div class="opening"><p class="quiet"><a href="{PageLinks.Terms(language)}">{BackToTemplates.In(language)}</a></p>
        <h1>{title}</h1><p class="lead">{lead}</p></div>
        """);

    private static Html Choices(PageLanguage language, IEnumerable<TermsTemplate> templates) => Html.Of($"""
        <ul class="cards">{Html.Join(templates.Select(template => Html.Of($"""
        <li class="card"><h3><a href="{PageLinks.Template(template.Id, language)}">{template.Title.In(language)}</a></h3><p class="quiet">{EnforcedBy(template.Enforcement).In(language)}</p></li>
        """)))}</ul>
        """);

    private async Task<(Html Markup, bool IsWrong)> ResultAsync(TermsForm form, CancellationToken ct)
    {
        var language = form.Language;
        try
        {
            var request = new FillTermsTemplateRequest { TemplateId = form.Template.Id, Answers = { form.Answers } };
            return (Result(language, await terms.FillTermsTemplateAsync(request, cancellationToken: ct)), false);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument)
        {
            var fields = (RichStatus.Detail<BadRequest>(RichStatus.Of(refused))?.FieldViolations ?? []).Select(violation => violation.Field).ToHashSet(StringComparer.Ordinal);
            form.MarkWrong(fields);
            return (form.Problems(), true);
        }
    }

    private static Html Result(PageLanguage language, Terms filled) => Html.Of($"""
        <section id="result" tabindex="-1" aria-labelledby="meaning"><h2 id="meaning">{Meaning.In(language)}</h2>
        {Text(filled, language)}
        {Html.When(filled.Stated.Count > 0, () => Html.Of($"<h3>{ToState.In(language)}</h3><ul>{Html.Join(filled.Stated.Select(condition => Html.Of($"<li>{condition.Sentence.In(language)}</li>")))}</ul>"))}
        {Html.When(filled.Problems.Count > 0, () => Html.Of($"<div class=\"notice\"><p>{string.Join(' ', filled.Problems.Select(problem => problem.Sentence.In(language)))}</p></div>"))}
        <h3>{InTheOther.In(language)}</h3>
        {Text(filled, PageLanguages.All.First(other => other != language))}
        <details><summary>{ForMachines.In(language)}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="{ForMachines.In(language)}"><pre><code>{filled.PolicyJson}</code></pre></div></details></section>
        """);

    private static Html Text(Terms filled, PageLanguage language) =>
        Html.Of($"<ul lang=\"{language.Tag()}\">{Html.Join(filled.Text.Select(sentence => Html.Of($"<li>{sentence.In(language)}</li>")))}</ul>");

    private async Task<IReadOnlyList<TermsTemplate>?> TemplatesAsync(HttpContext context)
    {
        try
        {
            return (await terms.ListTermsTemplatesAsync(new(), cancellationToken: context.RequestAborted)).Templates;
        }
        catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }

    private static Page Unavailable(PageLanguage language, Func<PageLanguage, string> linkTo) =>
        Show(language, ServiceAway.In(language), linkTo, Opening(language, ServiceAway.In(language), ServiceAwayText.In(language)), StatusCodes.Status503ServiceUnavailable);

    private static Page Show(PageLanguage language, string title, Func<PageLanguage, string> linkTo, Html body, int status = StatusCodes.Status200OK) => new()
    {
        Language = language,
        Title = $"{title} – {Brand.In(language)}",
        Brand = Brand.In(language),
        LinkTo = linkTo,
        Body = body,
        Footer = Html.Of($"<p>{Openness.In(language)}</p>"),
        Status = status,
    };
}

internal static class LocalizedTexts
{
    public static string In(this LocalizedText text, PageLanguage language) => text.Values.GetValueOrDefault(language.Tag(), "");
}
