using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>A JSON element and the path to it, so that every problem can say where it is.</summary>
internal readonly record struct Place(JsonElement Element, string Path)
{
    public bool IsObject => Element.ValueKind is JsonValueKind.Object;

    public bool IsString => Element.ValueKind is JsonValueKind.String;

    public string Text => Element.GetString()!;

    public Place? Property(string name) =>
        IsObject && Element.TryGetProperty(name, out var value) ? new Place(value, Join(name)) : null;

    public IEnumerable<(string Name, Place Value)> Properties()
    {
        foreach (var property in Element.EnumerateObject())
            yield return (property.Name, new Place(property.Value, Join(property.Name)));
    }

    /// <summary>The elements of a list, of a JSON-LD set or list, or the one element itself.</summary>
    public IEnumerable<Place> Items()
    {
        if (Element.ValueKind is JsonValueKind.Null)
            yield break;
        if (Element.ValueKind is JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in Element.EnumerateArray())
            {
                foreach (var inner in new Place(item, $"{Path}[{index}]").Items())
                    yield return inner;
                index++;
            }

            yield break;
        }

        if ((Property("@list") ?? Property("@set")) is { } contained)
        {
            foreach (var item in contained.Items())
                yield return item;
            yield break;
        }

        yield return this;
    }

    public Place Single()
    {
        var items = Items().Take(2).ToList();
        return items.Count == 1 ? items[0] : throw Problem("Hier wird genau ein Wert erwartet.", "Exactly one value is expected here.");
    }

    public void RequireObject()
    {
        if (!IsObject)
            throw Problem("Hier wird ein JSON-Objekt erwartet.", "A JSON object is expected here.");
    }

    public OdrlFormatException Problem(string german, string english) => new(Path, new(german, english));

    private string Join(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_') ? $"{Path}.{name}" : $"{Path}['{name}']";
}
