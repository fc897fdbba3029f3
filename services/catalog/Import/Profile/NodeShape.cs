using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import.Profile;

/// <summary>What is asked of nodes of a class, or of the values of a property.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Class">The class whose nodes it is for; null when it is only for values of properties.</param>
/// <param name="Properties">What is asked of each property.</param>
internal sealed record NodeShape(string Name, Iri? Class, IReadOnlyList<PropertyShape> Properties);

/// <summary>What is asked of the values of a property.</summary>
/// <param name="Properties">The property; of several, their values count together.</param>
/// <param name="Kind">What the values are.</param>
/// <param name="Min">How many there must be.</param>
/// <param name="Max">How many there may be.</param>
/// <param name="UnlessPublic">Whether the minimum is only for data that are not public.</param>
/// <param name="Shape">A shape that each value must fit, or null.</param>
/// <param name="ValueClass">A class that each value must have, or null.</param>
internal sealed record PropertyShape(IReadOnlyList<Iri> Properties, string Kind, int Min, int Max, bool UnlessPublic, string? Shape, Iri? ValueClass)
{
    public string Name => string.Join(" or ", Properties.Select(DcatValues.Short));
}

/// <summary>Something in which a graph differs from its profile.</summary>
/// <param name="Focus">The node.</param>
/// <param name="Property">The property.</param>
/// <param name="Sentence">What is wrong.</param>
internal sealed record Deviation(Term Focus, string Property, string Sentence);
