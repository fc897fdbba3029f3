using System.Globalization;
using System.Text;

namespace Ecosystem.Bench.Catalog;

/// <summary>A description as the catalogue would hold it, and the eight facets people narrow a search with.</summary>
internal sealed record Asset(string Id, string Title, string Description, string[] Keywords, string Holder, string City, Facets Facets)
{
    /// <summary>All that is searched, for peers that know one text per row only.</summary>
    public string Text => $"{Title}\n{string.Join(", ", Keywords)}\n{Description}\n{Holder} {City}";
}

/// <summary>What is filtered and counted.</summary>
internal sealed record Facets(string[] Themes, string[] Categories, string Protection, string Access, string State, string Format, string Holder, string District)
{
    public static readonly string[] Names = ["theme", "category", "protection", "access", "state", "format", "holder", "area"];

    /// <summary>The values in the order of <see cref="Names"/>.</summary>
    public string[][] All => [Themes, Categories, [Protection], [Access], [State], [Format], [Holder], [District]];
}

/// <summary>Assets by number; the same number gives the same asset on every machine.</summary>
internal static class Corpus
{
    private static readonly string[] Formats = ["CSV", "Parquet", "FHIR", "DICOM", "JSON", "XLSX", "RDF", "VCF"];
    private static readonly string[] Protections = ["normal", "high", "very-high"];
    private static readonly string[] Accesses = ["non-public", "restricted", "public"];

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"0199{number >> 16:x4}-{number & 0xffff:x4}-7000-8000-{number:x12}");

    public static Asset Asset(int number)
    {
        // The generator of this class library is the same in every version when it is given a seed.
        var random = new Random(unchecked((number * 2654435761U) >> 1).GetHashCode() ^ 20_260_101);
        var city = Vocabulary.Pick(random, Vocabulary.Cities);
        var holder = $"{Vocabulary.Pick(random, Vocabulary.Facilities)} {city} {random.Next(1, 8)}";
        var subject = Vocabulary.Pick(random, Vocabulary.Subjects);
        var compound = Vocabulary.Compound(random);
        var title = $"{compound} {city}: {subject} bei {Vocabulary.Pick(random, Vocabulary.Groups)} {2000 + random.Next(26)}";
        string[] keywords = [subject, compound, Vocabulary.Pick(random, Vocabulary.Contents), Vocabulary.Pick(random, Vocabulary.Purposes)];
        return new Asset(IdOf(number), title, Description(random), keywords, holder, city, new Facets(
            [$"theme-{random.Next(13)}", .. random.Next(3) == 0 ? [$"theme-{13 + random.Next(9)}"] : Array.Empty<string>()],
            [$"category-{random.Next(17)}", .. random.Next(2) == 0 ? [$"category-{17 + random.Next(4)}"] : Array.Empty<string>()],
            Vocabulary.Pick(random, Protections), Vocabulary.Pick(random, Accesses), random.Next(20) == 0 ? "deprecated" : "published",
            Vocabulary.Pick(random, Formats), holder, $"05{Array.IndexOf(Vocabulary.Cities, city):000}"));
    }

    private static string Description(Random random)
    {
        var text = new StringBuilder();
        var sentences = random.Next(4, 9);
        for (var sentence = 0; sentence < sentences; sentence++)
        {
            var rest = Vocabulary.Sentences[random.Next(Vocabulary.Sentences.Length)].AsSpan();
            for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
            {
                var close = rest.IndexOf('}');
                text.Append(rest[..open]).Append(Fill(rest[(open + 1)..close], random));
                rest = rest[(close + 1)..];
            }

            text.Append(rest).Append(' ');
        }

        return text.ToString();
    }

    private static string Fill(ReadOnlySpan<char> slot, Random random) => slot switch
    {
        "adjective" => Vocabulary.Pick(random, Vocabulary.Adjectives),
        "content" => Vocabulary.Pick(random, Vocabulary.Contents),
        "compound" => Vocabulary.Compound(random),
        "group" => Vocabulary.Pick(random, Vocabulary.Groups),
        "subject" => Vocabulary.Pick(random, Vocabulary.Subjects),
        "city" => Vocabulary.Pick(random, Vocabulary.Cities),
        "facility" => Vocabulary.Pick(random, Vocabulary.Facilities),
        "purpose" => Vocabulary.Pick(random, Vocabulary.Purposes),
        "code" => Vocabulary.Code(random),
        "year" => (2000 + random.Next(26)).ToString(CultureInfo.InvariantCulture),
        _ => random.Next(100, 500_000).ToString(CultureInfo.InvariantCulture),
    };
}
