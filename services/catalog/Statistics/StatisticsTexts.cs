using Ecosystem.Catalog.V1;
using Ecosystem.Pages;

namespace Ecosystem.Catalog.Statistics;

/// <summary>What the page with the figures says.</summary>
internal static class StatisticsTexts
{
    public static readonly Bilingual Brand = new("Katalog", "Catalogue");
    public static readonly Bilingual Headline = new("Digitale Gesundheit in Zahlen", "Digital health in figures");
    public static readonly Bilingual Lead = new(
        "Was es gibt: Datenbestände, Kompetenzen, Lösungen und Referenzprojekte nach Gebiet, Thema und Zeit.",
        "What there is: data sets, competences, solutions and reference projects by area, theme and time.");
    public static readonly Bilingual Everywhere = new("Alle Gebiete", "All areas");
    public static readonly Bilingual AllThemes = new("Alle Themen", "All themes");
    public static readonly Bilingual Shown = new("Ausschnitt", "Selection");
    public static readonly Bilingual InAll = new("Insgesamt", "In all");
    public static readonly Bilingual ByArea = new("Nach Gebiet", "By area");
    public static readonly Bilingual ByAreaText = new("Wie viel es in jedem Gebiet gibt. Was in mehreren angeboten wird, zählt in jedem.", "How much there is in each area. What is offered in several counts in each.");
    public static readonly Bilingual Area = new("Gebiet", "Area");
    public static readonly Bilingual NoParts = new("In diesem Ausschnitt wird kein kleineres Gebiet genannt.", "No smaller area is named in this selection.");
    public static readonly Bilingual ByTheme = new("Nach Thema des Datenraums", "By theme of the data space");
    public static readonly Bilingual ByThemeText = new(
        "Wie viel es zu jedem der neun Themen gibt. Kompetenzen nennen kein Thema.", "How much there is on each of the nine themes. Competences name no theme.");
    public static readonly Bilingual Theme = new("Thema", "Theme");
    public static readonly Bilingual ByMonth = new("Im Lauf der Zeit", "Over time");
    public static readonly Bilingual ByMonthText = new("Wie viel am Ende jedes Monats registriert war und heute noch da ist.", "How much was registered at the end of each month and is still there today.");
    public static readonly Bilingual Month = new("Monat", "Month");
    public static readonly Bilingual AsOf = new("Gezählt am", "Counted on");
    public static readonly Bilingual ForPrograms = new("Für Programme", "For programs");
    public static readonly Bilingual NotPossible = new("Das geht so nicht", "That cannot be shown");

    public static readonly IReadOnlyList<Bilingual> Kinds =
    [
        new("Datenbestände", "Data sets"), new("Kompetenzen", "Competences"), new("Lösungen", "Solutions"), new("Referenzprojekte", "Reference projects"),
    ];

    public static Bilingual NameOf(DataSpaceTheme theme) => theme switch
    {
        DataSpaceTheme.Health => new("Gesund", "Health"),
        DataSpaceTheme.Work => new("Arbeit", "Work"),
        DataSpaceTheme.Knowledge => new("Wissen", "Knowledge"),
        DataSpaceTheme.Mobility => new("Mobil", "Mobility"),
        DataSpaceTheme.Culture => new("Kultur", "Culture"),
        DataSpaceTheme.Region => new("Region", "Region"),
        DataSpaceTheme.City => new("Stadt", "City"),
        DataSpaceTheme.Design => new("Design", "Design"),
        DataSpaceTheme.Values => new("Werte", "Values"),
        _ => AllThemes,
    };
}
