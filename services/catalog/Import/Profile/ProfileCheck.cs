using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import.Profile;

/// <summary>Compares a graph, as it stands, with HealthDCAT-AP release 8 and DCAT-AP 3.0.1.</summary>
internal sealed class ProfileCheck(Graph graph)
{
    private const string NonPublic = Dcat.AccessRight + "NON_PUBLIC";

    private static readonly Dictionary<string, NodeShape> ByName = HealthDcatShapes.All.ToDictionary(s => s.Name);

    private readonly Dictionary<(Term, NodeShape), IReadOnlyList<Deviation>> _judged = [];

    /// <summary>Everything in which the graph differs.</summary>
    public IReadOnlyList<Deviation> All() => [.. HealthDcatShapes.All
        .Where(s => s.Class is not null)
        .SelectMany(s => graph.Subjects(Dcat.Type, s.Class!).Distinct().SelectMany(node => Judge(node, s)))];

    /// <summary>In what one data set differs, with everything that hangs on it.</summary>
    public IReadOnlyList<Deviation> Of(Term dataset) => Judge(dataset, ByName["Dataset"]);

    private IReadOnlyList<Deviation> Judge(Term node, NodeShape shape)
    {
        if (_judged.TryGetValue((node, shape), out IReadOnlyList<Deviation>? known))
        {
            return known;
        }

        _judged[(node, shape)] = []; // a node that hangs on itself
        var found = new List<Deviation>();
        foreach (PropertyShape property in shape.Properties)
        {
            Judge(node, property, found);
        }

        if (shape.Name == "Dataset")
        {
            JudgeStructure(node, found);
        }

        return _judged[(node, shape)] = found;
    }

    private void Judge(Term node, PropertyShape property, List<Deviation> found)
    {
        Term[] values = [.. property.Properties.SelectMany(p => graph.Objects(node, p)).Distinct()];
        int min = property.UnlessPublic && IsPublic(node) ? 0 : property.Min;
        if (values.Length < min)
        {
            found.Add(new Deviation(node, property.Name, $"{property.Name} is missing."));
        }

        if (values.Length > property.Max)
        {
            found.Add(new Deviation(node, property.Name, $"{property.Name} is stated {values.Length} times; {property.Max} is allowed."));
        }

        foreach (Term value in values)
        {
            if (!ValueKinds.Fits(value, property.Kind))
            {
                found.Add(new Deviation(node, property.Name, $"{property.Name} must be {ValueKinds.Describe(property.Kind)}, not {value}."));
            }

            if (property.ValueClass is { } type && !graph.Contains(new Triple(value, Dcat.Type, type)))
            {
                found.Add(new Deviation(node, property.Name, $"The value of {property.Name} must be described as {DcatValues.Short(type)}."));
            }

            if (property.Shape is { } shape)
            {
                found.AddRange(Judge(value, ByName[shape]));
            }
        }
    }

    /// <summary>Structured data have variables, and only data that are not public must say so to these shapes.</summary>
    private void JudgeStructure(Term dataset, List<Deviation> found)
    {
        bool isStructured = graph.Contains(new Triple(dataset, HealthDcat.HasStructuredData, new Literal("true", new Iri(Xsd.Boolean))));
        bool isStated = graph.Objects(dataset, HealthDcat.HasStructuredData).Any();
        bool isUnstructured = graph.Contains(new Triple(dataset, HealthDcat.HasStructuredData, new Literal("false", new Iri(Xsd.Boolean))));
        bool hasVariables = graph.Objects(dataset, HealthDcat.HasVariables).Any();
        if (!IsPublic(dataset) && isStated && !isUnstructured && !(isStructured && hasVariables))
        {
            found.Add(new Deviation(dataset, "hasVariables", "Structured data need hasVariables."));
        }
    }

    private bool IsPublic(Term dataset) => graph.Contains(new Triple(dataset, Dcat.AccessRights, new Iri(Dcat.AccessRight + "PUBLIC")));

    /// <summary>Whether the shapes for data that are not public are the right ones.</summary>
    public bool IsNonPublic(Term dataset) => graph.Contains(new Triple(dataset, Dcat.AccessRights, new Iri(NonPublic)));
}
