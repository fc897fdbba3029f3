namespace Ecosystem.Catalog.Export;

/// <summary>What the catalogue says of itself to other catalogues (section <c>Catalog:Description</c>).</summary>
internal sealed class CatalogueOptions
{
    public const string Section = "Catalog:Description";

    /// <summary>Its IRI; when empty, one is made of the region.</summary>
    public string Iri { get; init; } = string.Empty;

    /// <summary>Its name by language.</summary>
    public IReadOnlyDictionary<string, string> Title { get; init; } = new Dictionary<string, string>
    {
        ["de"] = "Katalog der Datenbestände",
        ["en"] = "Catalogue of data assets",
    };

    /// <summary>What is in it, by language.</summary>
    public IReadOnlyDictionary<string, string> Description { get; init; } = new Dictionary<string, string>
    {
        ["de"] = "Beschreibungen von Gesundheitsdaten der Region und Wege zu ihnen; die Daten bleiben bei ihren Haltern.",
        ["en"] = "Descriptions of the region's health data and paths to them; the data stay with their holders.",
    };

    /// <summary>Who answers for it.</summary>
    public string PublisherName { get; init; } = "Koordinierungsstelle";

    /// <summary>Where its publisher is found; empty when nowhere on the web.</summary>
    public string PublisherPage { get; init; } = string.Empty;
}
