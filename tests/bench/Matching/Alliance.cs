using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;

namespace Ecosystem.Bench.Matching;

/// <summary>A large alliance made by a seed: words as frequent as words are (Zipf), themes, kinds of data, areas, organisations and terms.</summary>
internal sealed class Alliance(int seed)
{
    public const string Research = "https://w3id.org/dpv#ScientificResearch";

    private const int Vocabulary = 30_000;
    private const int Organisations = 2_000;

    private static readonly string[] Modalities = ["image", "tabular", "text", "time-series", "genomic"];
    private static readonly string[] Areas = ["05911000", "05913000", "05113000", "05", "10041", ""];
    private static readonly string[] Syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "dam", "fel", "gor", "hin", "kas", "lor", "mer", "pol", "ster", "tun"];

    private readonly Random _random = new(seed);

    public DataAsset Asset(int number)
    {
        var asset = new DataAsset
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"asset-{number:000000}"),
            Holder = Organisation(),
            Title = Text(6),
            Description = Text(50),
            Themes = { Theme() },
            Modalities = { Modalities[_random.Next(Modalities.Length)] },
            Offer = new Offer { PolicyJson = Terms },
        };
        asset.Keywords.AddRange(Enumerable.Range(0, 4).Select(_ => new Keyword { Text = Word(), Language = "de" }));
        asset.Areas.AddRange(Area());
        return asset;
    }

    public Competence Competence(int number)
    {
        var competence = new Competence
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"competence-{number:00000}"),
            Provider = Organisation(),
            Title = Text(6),
            Description = Text(40),
            Themes = { Theme() },
            Modalities = { Modalities[_random.Next(Modalities.Length)] },
        };
        competence.Areas.AddRange(Area());
        return competence;
    }

    private Organisation Organisation() => new() { Id = string.Create(CultureInfo.InvariantCulture, $"organisation-{_random.Next(Organisations)}") };

    private string Theme() => string.Create(CultureInfo.InvariantCulture, $"https://example.org/themes/{_random.Next(20)}");

    private Area[] Area() => Areas[_random.Next(Areas.Length)] is { Length: > 0 } key ? [new Area { Key = key }] : [];

    private LocalizedText Text(int words) => new() { Values = { ["de"] = string.Join(' ', Enumerable.Range(0, words).Select(_ => Word())) } };

    /// <summary>Word number n is about n times rarer than the first.</summary>
    private string Word()
    {
        int rank = (int)Math.Pow(Vocabulary, _random.NextDouble());
        return string.Concat(Syllables[rank % 20], Syllables[rank / 20 % 20], Syllables[rank / 400 % 20], Syllables[rank / 8_000 % 20]);
    }

    private static string Terms { get; } = $$"""
        {"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Offer","uid":"urn:example:offer","permission":[{"target":"urn:example:data","action":"use",
         "constraint":[{"leftOperand":"purpose","operator":"isA","rightOperand":{"@id":"{{Research}}"} }]}]}
        """;
}
