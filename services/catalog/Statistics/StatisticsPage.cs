using System.Globalization;
using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Pages;
using Google.Rpc;
using Grpc.Core;
using static Ecosystem.Catalog.Statistics.StatisticsTexts;

namespace Ecosystem.Catalog.Statistics;

/// <summary>
/// <c>GET /catalog/v1/statistics.html</c>: the answer of GetStatistics for people, with the same parameters (<c>areaKey</c>, <c>theme</c>,
/// <c>monthCount</c>) and <c>lang</c>. Names of areas and themes lead to their part of the figures.
/// </summary>
internal sealed class StatisticsPage(GetStatistics statistics)
{
    public const string Path = "/catalog/v1/statistics.html";

    public Page Show(HttpContext context)
    {
        PageLanguage language = PageLanguages.Choose(context.Request, context.Request.Query["lang"]);
        Question question = Question.Of(context.Request.Query);
        try
        {
            return Answer(question, statistics.Handle(question.ToRequest()), language);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument or StatusCode.Unavailable)
        {
            return Refusal(question, refused, language);
        }
    }

    private static Page Answer(Question question, V1.Statistics figures, PageLanguage language) => Of(question, language, Html.Join(
    [
        Html.Of($"<div class=\"opening\">{Crumbs(question, language)}<h1>{Headline.In(language)}</h1><p class=\"lead\">{Lead.In(language)}</p></div>"),
        Html.Of($"""
            <section aria-labelledby="all"><h2 id="all">{InAll.In(language)}</h2><ul class="cards">
            {Html.Join(Kinds.Zip(ValuesOf(figures.Total), (kind, value) => Html.Of($"<li class=\"card\"><h3>{kind.In(language)}</h3><p class=\"total\">{BarChart.Number(value, language)}</p></li>")))}
            </ul></section>
            """),
        Part("areas", ByArea, language, figures.Areas.Count == 0 ? Html.Of($"<p>{NoParts.In(language)}</p>") : new BarChart
        {
            Id = "chart-areas",
            Title = ByAreaText.In(language),
            Names = Area.In(language),
            Series = [.. Kinds.Select(kind => kind.In(language))],
            Bars = [.. figures.Areas.Select(a => new Bar(NameOf(a.Area), ValuesOf(a.Counts), (question with { AreaKey = a.Area.Key }).LinkIn(language)))],
        }.In(language)),
        Part("themes", ByTheme, language, new BarChart
        {
            Id = "chart-themes",
            Title = ByThemeText.In(language),
            Names = Theme.In(language),
            Series = [.. Kinds.Select(kind => kind.In(language))],
            Bars = [.. figures.Themes.Select(t => new Bar(StatisticsTexts.NameOf(t.Theme).In(language), ValuesOf(t.Counts), (question with { Theme = t.Theme }).LinkIn(language)))],
        }.In(language)),
        Part("months", ByMonth, language, new BarChart
        {
            Id = "chart-months",
            Title = ByMonthText.In(language),
            Names = Month.In(language),
            Series = [.. Kinds.Select(kind => kind.In(language))],
            Bars = [.. figures.Months.Select(m => new Bar(m.Month, ValuesOf(m.Total)))],
        }.In(language)),
    ]), Html.Of($"""
        <p>{AsOf.In(language)} {figures.CountTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.
        {ForPrograms.In(language)}: <a href="{question.LinkForPrograms()}"><code>/catalog/v1/statistics</code></a></p>
        """));

    private static Page Refusal(Question question, RpcException refused, PageLanguage language)
    {
        IEnumerable<string> sentences = RichStatus.Detail<BadRequest>(RichStatus.Of(refused))?.FieldViolations
            .Select(v => language == PageLanguage.German && v.LocalizedMessage is { } german ? german.Message : v.Description) ?? [refused.Status.Detail];
        return Of(
            question,
            language,
            Html.Of($"""
                <div class="opening"><p class="quiet"><a href="{Question.All.LinkIn(language)}">{Everywhere.In(language)}</a></p><h1>{NotPossible.In(language)}</h1></div>
                <div class="notice">{Html.Join(sentences.Select(sentence => Html.Of($"<p>{sentence}</p>")))}</div>
                """),
            Html.Empty,
            refused.StatusCode == StatusCode.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
    }

    private static Page Of(Question question, PageLanguage language, Html body, Html footer, int status = StatusCodes.Status200OK) => new()
    {
        Language = language,
        Title = $"{Headline.In(language)} – {Brand.In(language)}",
        Brand = Brand.In(language),
        LinkTo = question.LinkIn,
        Body = body,
        Footer = footer,
        Status = status,
    };

    /// <summary>From everything to what is shown, each step a way back.</summary>
    private static Html Crumbs(Question question, PageLanguage language)
    {
        IEnumerable<Html> steps = AreaNames.IsKey(question.AreaKey)
            ? AreaNames.Containing(question.AreaKey).Select(key => Step(question with { AreaKey = key }, AreaNames.Of(key) ?? key, key == question.AreaKey, language))
            : [];
        Html theme = question.Theme == DataSpaceTheme.Unspecified
            ? Html.Empty
            : Html.Of($"<br><strong>{StatisticsTexts.NameOf(question.Theme).In(language)}</strong> · <a href=\"{(question with { Theme = default }).LinkIn(language)}\">{AllThemes.In(language)}</a>");
        return Html.Of($"""
            <nav aria-label="{Shown.In(language)}"><p class="quiet">{Step(question with { AreaKey = "" }, Everywhere.In(language), question.AreaKey.Length == 0, language)}{Html.Join(steps.Select(step => Html.Of($" › {step}")))}{theme}</p></nav>
            """);
    }

    private static Html Step(Question question, string name, bool isHere, PageLanguage language) =>
        isHere ? Html.Of($"<strong>{name}</strong>") : Html.Of($"<a href=\"{question.LinkIn(language)}\">{name}</a>");

    private static Html Part(string id, Bilingual title, PageLanguage language, Html content) =>
        Html.Of($"<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{title.In(language)}</h2>{content}</section>");

    private static string NameOf(Common.V1.Area area) => area.Name.Length > 0 ? area.Name : area.Key;

    private static int[] ValuesOf(Counts counts) => [counts.DataAssets, counts.Competences, counts.Solutions, counts.ReferenceProjects];

    /// <summary>What is shown, as the address says it.</summary>
    private sealed record Question(string AreaKey, DataSpaceTheme Theme, int MonthCount)
    {
        public static readonly Question All = new(string.Empty, DataSpaceTheme.Unspecified, 0);

        /// <summary>A number or word that is none is asked all the same, so that it is refused with a reason.</summary>
        public static Question Of(IQueryCollection query) => new(
            query["areaKey"].ToString(),
            query["theme"].ToString() is { Length: > 0 } theme ? ThemeOf(theme) : DataSpaceTheme.Unspecified,
            query["monthCount"].ToString() is { Length: > 0 } months ? int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1 : 0);

        public GetStatisticsRequest ToRequest() => new() { AreaKey = AreaKey, Theme = Theme, MonthCount = MonthCount };

        public string LinkIn(PageLanguage language) => Path + QueryString.Create(Parameters().Append(new("lang", language.Tag())));

        public string LinkForPrograms() => "/catalog/v1/statistics" + QueryString.Create(Parameters());

        private static DataSpaceTheme ThemeOf(string word) => Enum.GetValues<DataSpaceTheme>().FirstOrDefault(t => ContractNameOf(t) == word, (DataSpaceTheme)(-1));

        private static string ContractNameOf(DataSpaceTheme theme) => $"DATA_SPACE_THEME_{theme.ToString().ToUpperInvariant()}";

        private IEnumerable<KeyValuePair<string, string?>> Parameters()
        {
            if (AreaKey.Length > 0)
            {
                yield return new("areaKey", AreaKey);
            }

            if (Theme != DataSpaceTheme.Unspecified)
            {
                yield return new("theme", ContractNameOf(Theme));
            }

            if (MonthCount != 0)
            {
                yield return new("monthCount", MonthCount.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}

internal static class StatisticsPageEndpoint
{
    public static void MapStatisticsPage(this IEndpointRouteBuilder app) =>
        app.MapGet(StatisticsPage.Path, (HttpContext context, StatisticsPage page) => page.Show(context)).AllowAnonymous();
}
