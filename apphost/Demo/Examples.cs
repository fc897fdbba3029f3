using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.AppHost.Demo;

/// <summary>What the people of the demo enter. Everything is marked as an example.</summary>
internal static class Examples
{
    private const string HealthTheme = "http://publications.europa.eu/resource/authority/data-theme/HEAL";

    private static readonly Area Bochum = new() { Key = "05911000", Name = "Bochum" };

    /// <remarks>The identifier carries the time, so that the demo can be played again in the same ecosystem.</remarks>
    public static DataAsset ChestXRays(TimeProvider time) => new()
    {
        Identifier = $"beispiel-roentgen-{time.GetUtcNow().ToUnixTimeMilliseconds()}",
        Title = Text("Röntgenaufnahmen der Lunge (Beispiel)", "Chest X-rays (example)"),
        Description = Text(
            "Beispiel: pseudonymisierte Röntgenaufnahmen der Lunge mit Befunden von Radiologinnen und Radiologen. Die Bilder bleiben im Klinikum.",
            "Example: pseudonymised X-ray images of the lung with findings by radiologists. The images stay in the clinic."),
        Keywords = { Keyword("Röntgen", "de"), Keyword("Lunge", "de"), Keyword("radiology", "en") },
        Themes = { HealthTheme },
        HealthCategories = { "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/EHRS" },
        Types_ = { "http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL" },
        Provenance = { Text("Beispiel: aus der Routinedokumentation der Radiologie.", "Example: from the routine documentation of radiology.") },
        Contact = new Agent { Name = "Datenstelle des Klinikums (Beispiel)", Url = "https://klinikum.example/datenstelle" },
        HasStructuredData = false,
        Modalities = { "image" },
        Areas = { Bochum },
        ProtectionNeed = ProtectionNeed.High,
        ProtectionReason = "Pseudonymisierte Gesundheitsdaten einzelner Personen.",
        AccessRights = AccessRights.NonPublic,
        Distributions =
        {
            new Distribution { Title = Text("Konnektor des Klinikums (Beispiel)", "Connector of the clinic (example)"), AccessUrl = "https://connector.example/roentgen" },
        },
    };

    public static Competence LungFindings() => new()
    {
        Title = Text("Erkennung von Lungenbefunden in Röntgenbildern (Beispiel)", "Detection of lung findings in X-ray images (example)"),
        Description = Text(
            "Beispiel: ein Verfahren des föderierten Lernens, das Befunde der Lunge in Röntgenbildern markiert, ohne dass Bilder die Klinik verlassen.",
            "Example: a federated learning method that marks findings of the lung in X-ray images while the images stay in the clinic."),
        Methods = { "federated learning", "segmentation" },
        Modalities = { "image" },
        Themes = { HealthTheme },
        Areas = { new Area { Key = "05", Name = "Nordrhein-Westfalen" } },
        Languages = { "de", "en" },
        Evidence =
        {
            new Evidence { Kind = Evidence.Types.Kind.Benchmark, Statement = "Beispiel: Dice 0,91 auf einem öffentlichen Vergleichsdatensatz.", Url = "https://competence.example/benchmark" },
        },
    };

    public static RequestAgreementRequest Request(DataAsset asset, string purpose, TimeProvider time)
    {
        var start = time.GetUtcNow();
        return new()
        {
            DataAssetId = asset.Id,
            Question = "Lassen sich Lungenbefunde im Ruhrgebiet früher erkennen? (Beispiel)",
            Purpose = purpose,
            LegalBasis = "GDPR Art. 6(1)(e), Art. 9(2)(j)",
            Period = new() { Start = start.AddMinutes(-1).ToTimestamp(), End = start.AddYears(1).ToTimestamp() },
        };
    }

    public static string ResearchOnlyOffer()
    {
        using var offer = typeof(Examples).Assembly.GetManifestResourceStream("offer.jsonld")
            ?? throw new InvalidOperationException("The example offer is not in the program.");
        return new StreamReader(offer).ReadToEnd();
    }

    private static LocalizedText Text(string de, string en) => new() { Values = { ["de"] = de, ["en"] = en } };

    private static Keyword Keyword(string text, string language) => new() { Text = text, Language = language };
}

internal static class LocalizedTextExtensions
{
    /// <summary>The text in a language, else in any.</summary>
    public static string In(this LocalizedText? text, string language) =>
        text is null ? "" : text.Values.TryGetValue(language, out var wanted) ? wanted : text.Values.Values.FirstOrDefault("");
}
