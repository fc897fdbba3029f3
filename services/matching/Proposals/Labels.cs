using Ecosystem.Common.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>Names for people of the codes that profiles use; a code without a name stands for itself.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, (string German, string English)> Themes = new(StringComparer.Ordinal)
    {
        ["AGRI"] = ("Landwirtschaft und Ernährung", "agriculture and food"), ["ECON"] = ("Wirtschaft", "economy"),
        ["EDUC"] = ("Bildung und Kultur", "education and culture"), ["ENER"] = ("Energie", "energy"), ["ENVI"] = ("Umwelt", "environment"),
        ["GOVE"] = ("Verwaltung", "government"), ["HEAL"] = ("Gesundheit", "health"), ["INTR"] = ("Internationales", "international issues"),
        ["JUST"] = ("Recht und Sicherheit", "justice and safety"), ["OP_DATPRO"] = ("vorläufige Daten", "provisional data"),
        ["REGI"] = ("Regionen und Städte", "regions and cities"), ["SOCI"] = ("Bevölkerung und Gesellschaft", "population and society"),
        ["TECH"] = ("Wissenschaft und Technik", "science and technology"), ["TRAN"] = ("Verkehr", "transport"),
    };

    private static readonly Dictionary<string, (string German, string English)> Modalities = new(StringComparer.Ordinal)
    {
        ["image"] = ("Bilder", "images"), ["time-series"] = ("Zeitreihen", "time series"), ["tabular"] = ("Tabellen", "tables"),
        ["text"] = ("Texte", "texts"), ["genomic"] = ("Genomdaten", "genomic data"), ["audio"] = ("Ton", "audio"), ["video"] = ("Video", "video"),
    };

    public static (string German, string English) OfTheme(string iri)
    {
        string last = iri[(iri.TrimEnd('/').LastIndexOfAny(['/', '#']) + 1)..].TrimEnd('/');
        return Themes.GetValueOrDefault(last, (last, last));
    }

    public static (string German, string English) OfModality(string modality) => Modalities.GetValueOrDefault(modality, (modality, modality));

    public static (string German, string English) OfArea(Area area) => area.Name.Length > 0 ? (area.Name, area.Name) : (area.Key, area.Key);

    public static LocalizedText Text(string german, string english) => new() { Values = { ["de"] = german, ["en"] = english } };

    /// <summary>"A", "B" and "C" for each language, with its quotation marks.</summary>
    public static (string German, string English) Quote(IEnumerable<(string German, string English)> names)
    {
        (string German, string English)[] all = [.. names];
        return (string.Join(", ", all.Select(name => $"„{name.German}“")), string.Join(", ", all.Select(name => $"'{name.English}'")));
    }
}
