using Ecosystem.Rdf;
using Kind = Ecosystem.Catalog.V1.Relation.Types.Kind;

namespace Ecosystem.Catalog.Import;

/// <summary>The property that stands for each kind of relation.</summary>
internal static class Relations
{
    public static readonly IReadOnlyList<(Kind Kind, Iri Property)> All =
    [
        (Kind.Unspecified, Dcat.Relation),
        (Kind.Source, Dcat.Source),
        (Kind.IsReferencedBy, Dcat.IsReferencedBy),
        (Kind.PreviousVersion, Dcat.PreviousVersion),
        (Kind.HasVersion, Dcat.HasVersion),
        (Kind.InSeries, Dcat.InSeries),
        (Kind.ReplacedBy, Dcat.IsReplacedBy),
    ];

    public static Iri PropertyOf(Kind kind) => All.First(r => r.Kind == kind).Property;
}
