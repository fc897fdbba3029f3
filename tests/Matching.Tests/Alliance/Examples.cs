using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Tests.Alliance;

/// <summary>Data and competences of an alliance in the Ruhr, as the catalogue tells of them.</summary>
internal static class Examples
{
    public const string Research = "https://w3id.org/dpv#ScientificResearch";
    public const string Marketing = "https://w3id.org/dpv#Marketing";
    public const string Commerce = "https://w3id.org/dpv#CommercialPurpose";
    public const string Education = "http://data.europa.eu/eli/reg/2025/327/oj#art_53.1.d";
    public const string Health = "http://publications.europa.eu/resource/authority/data-theme/HEAL";
    public const string Society = "http://publications.europa.eu/resource/authority/data-theme/SOCI";

    public static DataAsset StrokeImages() => new()
    {
        Id = "asset-stroke",
        Holder = Organisation("klinikum-beispiel", "Klinikum Beispiel"),
        Title = Text("MRT-Aufnahmen nach Schlaganfall", "MRI scans after stroke"),
        Description = Text("Schädel-MRT von Patienten mit Schlaganfall, mit Läsionen von Hand markiert.", "Brain MRI of stroke patients, lesions marked by hand."),
        Keywords = { new Keyword { Text = "Bildgebung", Language = "de" }, new Keyword { Text = "segmentation", Language = "en" } },
        Themes = { Health },
        Modalities = { "image" },
        Areas = { Area("05911000", "Bochum") },
        Offer = Allowing(Research),
    };

    public static DataAsset ClaimsData() => new()
    {
        Id = "asset-claims",
        Holder = Organisation("krankenkasse-beispiel", "Krankenkasse Beispiel"),
        Title = Text("Abrechnungsdaten der ambulanten Versorgung", "Claims data of outpatient care"),
        Description = Text("Diagnosen und Verordnungen je Quartal, pseudonymisiert.", "Diagnoses and prescriptions by quarter, pseudonymised."),
        Themes = { Health, Society },
        Modalities = { "tabular" },
        Areas = { Area("05", "Nordrhein-Westfalen") },
        Offer = Allowing(Research),
    };

    public static Competence Segmentation() => new()
    {
        Id = "competence-segmentation",
        Provider = Organisation("ki-team-beispiel", "KI-Team Beispiel"),
        Title = Text("Segmentierung von MRT-Bildern des Gehirns", "Segmentation of brain MRI"),
        Description = Text("Markiert Läsionen nach einem Schlaganfall.", "Marks lesions after a stroke."),
        Methods = { "segmentation", "deep learning" },
        Modalities = { "image" },
        Themes = { Health },
        Areas = { Area("05911000", "Bochum") },
    };

    public static Competence Survival() => new()
    {
        Id = "competence-survival",
        Provider = Organisation("institut-beispiel", "Institut Beispiel"),
        Title = Text("Überlebenszeitanalyse mit Abrechnungsdaten", "Survival analysis of claims data"),
        Description = Text("Schätzt Risiken aus Diagnosen und Verordnungen.", "Estimates risks from diagnoses and prescriptions."),
        Methods = { "survival analysis" },
        Modalities = { "tabular" },
        Themes = { Health },
    };

    /// <summary>The same competence, meant for research.</summary>
    public static Competence WithPurpose(Competence competence)
    {
        competence.Purposes.Add(Research);
        return competence;
    }

    public static Solution LesionFinder() => new()
    {
        Id = "solution-lesions",
        Provider = Organisation("start-up-beispiel", "Start-up Beispiel"),
        Title = Text("Läsionsfinder", "Lesion finder"),
        Description = Text("Markiert Läsionen in MRT-Bildern.", "Marks lesions in MRI."),
        TargetGroups = { "stroke patients" },
        Areas = { Area("05", "Nordrhein-Westfalen") },
    };

    public static Need HelpAfterStroke() => new()
    {
        Title = Text("Läsionen in MRT-Bildern nach Schlaganfall erkennen", "Find lesions in MRI after a stroke"),
        Description = Text("Unsere Radiologie markiert von Hand; das dauert zu lange.", "Our radiology marks by hand, which takes too long."),
        TargetGroups = { "stroke patients" },
        Areas = { Area("05911000", "Bochum") },
        Urgency = Need.Types.Urgency.High,
        Source = Need.Types.Source.Care,
        Themes = { Health },
        Modalities = { "image" },
        Purposes = { Research },
    };

    public static Question StrokeAndClaims() => new()
    {
        Title = Text("Welche Läsionen führen zu hohen Folgekosten?", "Which lesions lead to high costs later?"),
        DataAssetIds = { "asset-stroke", "asset-claims" },
        Purpose = Research,
    };

    public static Organisation Organisation(string id, string name) => new() { Id = id, Name = name };

    public static Area Area(string key, string name) => new() { Key = key, Name = name };

    public static LocalizedText Text(string german, string english) => new() { Values = { ["de"] = german, ["en"] = english } };

    /// <summary>Terms that allow the use for one purpose only.</summary>
    public static Offer Allowing(string purpose) => new()
    {
        Id = "offer-1",
        PolicyJson = $$"""
            {"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"urn:example:offer",
             "permission":[{"target":"urn:example:data","action":"use",
               "constraint":[{"leftOperand":"purpose","operator":"isA","rightOperand":{"@id":"{{purpose}}"} }]}]}
            """,
    };

    /// <summary>Terms that allow the use for one purpose and prohibit research.</summary>
    public static Offer AllowingOnly(string purpose) => new()
    {
        Id = "offer-2",
        PolicyJson = $$"""
            {"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"urn:example:offer",
             "permission":[{"target":"urn:example:data","action":"use",
               "constraint":[{"leftOperand":"purpose","operator":"isA","rightOperand":{"@id":"{{purpose}}"} }]}],
             "prohibition":[{"target":"urn:example:data","action":"use",
               "constraint":[{"leftOperand":"purpose","operator":"isA","rightOperand":{"@id":"{{Research}}"} }]}]}
            """,
    };
}
