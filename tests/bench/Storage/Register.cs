using Ecosystem.Storage;

namespace Ecosystem.Bench.Storage;

/// <summary>A document of the size and with the indexes of a typical one: about a kilobyte, two single values, two of many.</summary>
internal sealed record Register(string Id, string City, int Size, string[] Themes, string Description)
{
    public static readonly DocumentType<Register> Type = new DocumentType<Register>("registers", register => register.Id)
        .Index("city", register => register.City)
        .Index("size", register => register.Size)
        .IndexMany("theme", register => register.Themes);

    private static readonly string Text = string.Join(' ', Enumerable.Repeat("Ein Register beschreibt, was es erhebt und wozu.", 20));

    /// <summary>The document with a number. Ten share a city, whatever the size of the store.</summary>
    public static Register Number(long number) => new($"r{number:000000000}", CityOf(number), (int)(number % 1000), ["Gesund", $"t{number % 50}"], Text);

    public static string CityOf(long number) => $"city-{number / 10:00000000}";
}
