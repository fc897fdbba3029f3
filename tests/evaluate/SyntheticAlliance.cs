using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;

namespace Ecosystem.Evaluate;

/// <summary>
/// An alliance made by a seed, with known truth: every item belongs to one field of medicine and uses some of its words among many that all use.
/// A pair is right when field and kind of data agree, the organisations differ and the competence is offered where the data come from.
/// </summary>
internal sealed class SyntheticAlliance
{
    public const string Research = "https://w3id.org/dpv#ScientificResearch";
    public const string Education = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.d";

    private const int Organisations = 200;
    private const int AssetCount = 2000;
    private const int CompetenceCount = 500;

    private static readonly string[][] Fields =
    [
        ["Schlaganfall", "Läsion", "Gehirn", "Durchblutung", "Thrombektomie", "Neurologie", "Lähmung", "Stroke-Unit"],
        ["Diabetes", "Insulin", "Blutzucker", "HbA1c", "Retinopathie", "Endokrinologie", "Adipositas", "Stoffwechsel"],
        ["Tumor", "Onkologie", "Mutation", "Chemotherapie", "Biopsie", "Metastase", "Pathologie", "Karzinom"],
        ["Herzrhythmus", "Vorhofflimmern", "Kardiologie", "EKG", "Infarkt", "Herzinsuffizienz", "Schrittmacher", "Belastung"],
        ["Vorsorge", "Einschulung", "Impfung", "Sprachentwicklung", "Kindergarten", "Pädiatrie", "Frühförderung", "Wachstum"],
        ["Reha", "Wiedereingliederung", "Erwerbsfähigkeit", "Rücken", "Orthopädie", "Arbeitsplatz", "Teilhabe", "Rente"],
        ["Depression", "Psychiatrie", "Schlaf", "Angst", "Therapieverlauf", "Stimmung", "Krise", "Psychotherapie"],
        ["Pflege", "Demenz", "Sturz", "Geriatrie", "Heim", "Mobilität", "Angehörige", "Kurzzeitpflege"],
        ["Infektion", "Resistenz", "Antibiotikum", "Hygiene", "Ausbruch", "Abwasser", "Meldewesen", "Erreger"],
        ["Medikation", "Wechselwirkung", "Apotheke", "Verordnung", "Polypharmazie", "Dosis", "Nebenwirkung", "Arzneimittel"],
    ];

    private static readonly string[] Common =
    [
        "Daten", "Patienten", "Klinik", "Analyse", "Register", "Auswertung", "Region", "Versorgung", "Studie", "Qualität", "Jahr", "System", "Verfahren",
        "Modell", "Ergebnis", "Praxis", "Forschung", "Projekt", "Anwendung", "Routine", "Verlauf", "Gesundheit", "Bericht", "Sammlung",
    ];

    private static readonly string[] Modalities = ["image", "tabular", "text", "time-series", "genomic"];
    private static readonly string[] Areas = ["05911000", "05913000", "05113000", "05", "10041", ""];

    private readonly Random _random = new(20260101);
    private readonly Dictionary<string, (int Field, string Modality)> _truth = new(StringComparer.Ordinal);

    public SyntheticAlliance()
    {
        Assets = [.. Enumerable.Range(0, AssetCount).Select(Asset)];
        Competences = [.. Enumerable.Range(0, CompetenceCount).Select(Competence)];
    }

    public IReadOnlyList<DataAsset> Assets { get; }

    public IReadOnlyList<Competence> Competences { get; }

    public bool IsRight(DataAsset asset, Competence competence) =>
        _truth[asset.Id] == _truth[competence.Id] && asset.Holder.Id != competence.Provider.Id && AreasMeet(asset, competence);

    private static bool AreasMeet(DataAsset asset, Competence competence) =>
        asset.Areas.Count == 0 || competence.Areas.Count == 0
        || asset.Areas[0].Key.StartsWith(competence.Areas[0].Key, StringComparison.Ordinal)
        || competence.Areas[0].Key.StartsWith(asset.Areas[0].Key, StringComparison.Ordinal);

    private DataAsset Asset(int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"asset-{number:0000}");
        (int field, string modality) = Place(id);
        var asset = new DataAsset
        {
            Id = id,
            Holder = Organisation(),
            Title = Text(Words(field, own: 1, common: 2)),
            Description = Text(Words(field, own: 3, common: 12)),
            Themes = { Theme(field) },
            Offer = _random.Next(4) == 0 ? null : Allowing(_random.Next(2) == 0 ? Research : Education),
        };
        asset.Modalities.AddRange(Often(modality));
        asset.Areas.AddRange(Area());
        return asset;
    }

    private Competence Competence(int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"competence-{number:000}");
        (int field, string modality) = Place(id);
        var competence = new Competence
        {
            Id = id,
            Provider = Organisation(),
            Title = Text(Words(field, own: 1, common: 2)),
            Description = Text(Words(field, own: 3, common: 12)),
        };
        competence.Themes.AddRange(Often(Theme(field)));
        competence.Modalities.AddRange(Often(modality));
        competence.Areas.AddRange(Area());
        return competence;
    }

    private (int Field, string Modality) Place(string id) => _truth[id] = (_random.Next(Fields.Length), Pick(Modalities));

    /// <summary>People leave one field in four empty.</summary>
    private string[] Often(string value) => _random.Next(4) == 0 ? [] : [value];

    private string Words(int field, int own, int common) => string.Join(' ',
        Enumerable.Range(0, own).Select(_ => Pick(Fields[field])).Concat(Enumerable.Range(0, common).Select(_ => Pick(Common))).OrderBy(_ => _random.Next()));

    /// <summary>Themes are coarse: five fields share one.</summary>
    private static string Theme(int field) => string.Create(CultureInfo.InvariantCulture, $"https://example.org/themes/{field % 2}");

    private Area[] Area() => Pick(Areas) is { Length: > 0 } key ? [new Area { Key = key }] : [];

    private Organisation Organisation() => new() { Id = string.Create(CultureInfo.InvariantCulture, $"organisation-{_random.Next(Organisations)}") };

    private T Pick<T>(T[] all) => all[_random.Next(all.Length)];

    private static LocalizedText Text(string german) => new() { Values = { ["de"] = german } };

    private static Offer Allowing(string purpose) => new()
    {
        PolicyJson = $$"""
            {"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"urn:example:offer","permission":[{"target":"urn:example:data","action":"use",
             "constraint":[{"leftOperand":"purpose","operator":"isA","rightOperand":{"@id":"{{purpose}}"} }]}]}
            """,
    };
}
