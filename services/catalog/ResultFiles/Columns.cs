using System.Globalization;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.ResultFiles;

/// <summary>What a line of a table says of a data asset, and how its columns are called.</summary>
internal static class Columns
{
    private static readonly IReadOnlyList<(Words Name, Func<DataAsset, string, string> Value)> All =
    [
        (new("id", "Kennung"), (a, _) => a.Id),
        (new("identifier", "Kennung des Halters"), (a, _) => a.Identifier),
        (new("title", "Titel"), (a, language) => InLanguage.Best(a.Title, language).Text),
        (new("description", "Beschreibung"), (a, language) => PlainText.Of(InLanguage.Best(a.Description, language).Text)),
        (new("holder", "Halter"), (a, _) => a.Holder.Name),
        (new("publisher", "Herausgeber"), (a, _) => a.Publisher?.Name ?? string.Empty),
        (new("state", "Zustand"), (a, _) => Lower(a.State)),
        (new("access rights", "Zugang"), (a, _) => Lower(a.AccessRights)),
        (new("protection need", "Schutzbedarf"), (a, _) => Lower(a.ProtectionNeed)),
        (new("keywords", "Schlagwörter"), (a, _) => Joined(a.Keywords.Select(k => k.Text))),
        (new("themes", "Themen"), (a, _) => Joined(a.Themes)),
        (new("health categories", "Gesundheitskategorien"), (a, _) => Joined(a.HealthCategories)),
        (new("area keys", "Gebietsschlüssel"), (a, _) => Joined(a.Areas.Select(area => area.Key))),
        (new("areas", "Gebiete"), (a, _) => Joined(a.Areas.Select(area => area.Name))),
        (new("access addresses", "Zugangsadressen"), (a, _) => Joined(a.Distributions.Select(d => d.AccessUrl))),
        (new("licence", "Lizenz"), (a, _) => a.License),
        (new("registered", "Registriert"), (a, _) => Day(a.CreateTime)),
        (new("changed", "Geändert"), (a, _) => Day(a.UpdateTime)),
    ];

    public static IEnumerable<string> Header(string language) => All.Select(c => language == "en" ? c.Name.English : c.Name.German);

    public static IEnumerable<string> Values(DataAsset asset, string language) => All.Select(c => c.Value(asset, language));

    private static string Joined(IEnumerable<string> values) => string.Join(" | ", values.Where(v => v.Length > 0));

    private static string Lower<T>(T value)
        where T : struct, System.Enum => value.ToString().ToLowerInvariant();

    private static string Day(Timestamp? time) => time?.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;
}
