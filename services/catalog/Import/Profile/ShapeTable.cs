using System.Globalization;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import.Profile;

/// <summary>Reads the table of shapes.</summary>
internal static class ShapeTable
{
    public static IReadOnlyList<NodeShape> Read(string table)
    {
        var shapes = new List<NodeShape>();
        List<PropertyShape> properties = [];
        foreach (string line in table.Split('\n').Where(l => l.Trim().Length > 0))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (line.StartsWith(' '))
            {
                properties.Add(Property(words));
            }
            else
            {
                shapes.Add(new NodeShape(words[0], words[1] == "-" ? null : Name(words[1]), properties = []));
            }
        }

        return shapes;
    }

    private static PropertyShape Property(string[] words)
    {
        string[] bounds = words[2].TrimEnd('!').Split("..");
        string? value = words.Length > 3 ? words[3] : null;
        bool isClass = value?.StartsWith("a:", StringComparison.Ordinal) == true;
        return new PropertyShape(
            [.. words[0].Split('|').Select(Name)],
            words[1],
            int.Parse(bounds[0], CultureInfo.InvariantCulture),
            bounds[1] == "*" ? int.MaxValue : int.Parse(bounds[1], CultureInfo.InvariantCulture),
            words[2].EndsWith('!'),
            isClass ? null : value,
            isClass ? Name(value![2..]) : null);
    }

    private static Iri Name(string compact)
    {
        string[] parts = compact.Split(':');
        return new Iri(Namespaces.Prefixes[parts[0]] + parts[1]);
    }
}
