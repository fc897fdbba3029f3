using System.Globalization;

namespace Ecosystem.Pages;

/// <summary>One bar of a <see cref="BarChart"/>.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Values">Its parts, not below zero, one for each series of the chart.</param>
/// <param name="Link">Where its name leads in the table; null when nowhere.</param>
public sealed record Bar(string Name, IReadOnlyList<int> Values, string? Link = null);

/// <summary>
/// Figures as a picture and, for those who cannot see it or want the numbers, as a table with the same content: bars that are each made up of parts.
/// An inline SVG that needs no script; its colours follow the look of the page, light and dark.
/// </summary>
public sealed record BarChart
{
    /// <summary>As many series as the look of the page has colours for.</summary>
    public const int MostSeries = 4;

    private const int Width = 720;
    private const int LabelWidth = 230;
    private const int BarHeight = 22;
    private const int RowHeight = 34;
    private const int LegendHeight = 34;
    private const int LegendStep = 170;
    private const int SpaceForTotal = 70;
    private const int LongestLabel = 30;
    private const int Gap = 2;

    private static readonly Bilingual AsTable = new("Dieselben Zahlen als Tabelle", "The same figures as a table");
    private static readonly Bilingual Sum = new("zusammen", "in all");

    /// <summary>Unique on the page; letters only.</summary>
    public required string Id { get; init; }

    /// <summary>What the picture shows, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What the names of the bars are: the heading of the table's first column.</summary>
    public required string Names { get; init; }

    /// <summary>What the parts of each bar stand for; at most <see cref="MostSeries"/>.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    /// <summary>The bars from top to bottom.</summary>
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>Picture and table in one language.</summary>
    /// <exception cref="InvalidOperationException">There are more series than colours, or a bar does not have one value for each.</exception>
    public Html In(PageLanguage language)
    {
        if (Series.Count > MostSeries || Bars.Any(bar => bar.Values.Count != Series.Count))
            throw new InvalidOperationException($"A chart has at most {MostSeries} series, and each bar a value for each of them.");
        return Html.Of($"""
            <figure class="card chart"><figcaption>{Title}</figcaption>
            <div class="picture" tabindex="0" role="group" aria-label="{Title}">{Picture(language)}</div>
            <details><summary>{AsTable.In(language)}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="{Title}">{Table(language)}</div></details></figure>
            """);
    }

    /// <summary>A number as people write it: 1.234 in German, 1,234 in English.</summary>
    public static string Number(int value, PageLanguage language) => value.ToString(
        "N0", new NumberFormatInfo { NumberGroupSeparator = language == PageLanguage.German ? "." : ",", NumberGroupSizes = [3] });

    private Html Picture(PageLanguage language)
    {
        int height = LegendHeight + (Bars.Count * RowHeight);
        int most = Math.Max(1, Bars.Max(bar => (int?)bar.Values.Sum()) ?? 1);
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {height}" role="img" aria-labelledby="{Id}-name"><title id="{Id}-name">{Title}</title>
            {Html.Join(Series.Select(Legend))}
            {Html.Join(Bars.Select((bar, row) => Row(bar, LegendHeight + (row * RowHeight), most, language)))}
            </svg>
            """);
    }

    private static Html Legend(string name, int number) => Html.Of($"""
        <rect class="k{number}" x="{number * LegendStep}" y="4" width="14" height="14" rx="3"/><text x="{(number * LegendStep) + 20}" y="16">{name}</text>
        """);

    private static Html Row(Bar bar, int top, int most, PageLanguage language)
    {
        var parts = new List<Html>();
        int from = LabelWidth;
        int sum = 0;
        foreach (var (number, value) in bar.Values.Index().Where(part => part.Item > 0))
        {
            // From the sum so far, so that rounding never makes a bar longer or shorter than its whole.
            sum += value;
            int to = Math.Max(from + Gap + 1, LabelWidth + (int)((long)sum * (Width - LabelWidth - SpaceForTotal) / most));
            parts.Add(Html.Of($"""<rect class="k{number}" x="{from}" y="{top}" width="{to - from - Gap}" height="{BarHeight}" rx="3"/>"""));
            from = to;
        }
        return Html.Of($"""
            <text class="name" x="{LabelWidth - 10}" y="{top + 16}">{Shorten(bar.Name)}</text>{Html.Join(parts)}<text x="{from + 6}" y="{top + 16}">{Number(sum, language)}</text>
            """);
    }

    private Html Table(PageLanguage language) => Html.Of($"""
        <table><thead><tr><th scope="col">{Names}</th>{Html.Join(Series.Select(name => Html.Of($"<th scope=\"col\">{name}</th>")))}<th scope="col">{Sum.In(language)}</th></tr></thead>
        <tbody>{Html.Join(Bars.Select(bar => Html.Of($"<tr><th scope=\"row\">{NameOf(bar)}</th>{Html.Join(bar.Values.Append(bar.Values.Sum()).Select(value => Html.Of($"<td class=\"figure\">{Number(value, language)}</td>")))}</tr>")))}</tbody></table>
        """);

    private static Html NameOf(Bar bar) => bar.Link is null ? Html.Text(bar.Name) : Html.Of($"<a href=\"{bar.Link}\">{bar.Name}</a>");

    private static string Shorten(string name) => name.Length <= LongestLabel ? name : name[..(LongestLabel - 1)] + "…";
}
