using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>What is in structured data (CSV on the Web).</summary>
internal sealed class VariableReader(Graph graph)
{
    public IEnumerable<TableGroup> Read(Term subject) => graph.Objects(subject, HealthDcat.HasVariables).Select(node =>
    {
        var group = new TableGroup { Iri = NameOf(node), Title = graph.Localized(node, Dcat.Title) };
        group.Tables.AddRange(graph.Objects(node, HealthDcat.Table).Select(TableOf));
        return group;
    });

    private Table TableOf(Term node)
    {
        var table = new Table { Iri = NameOf(node), Title = graph.Localized(node, Dcat.Title), Url = graph.Text(node, HealthDcat.Url) };
        table.Keywords.AddRange(graph.Keywords(node));
        table.Columns.AddRange(graph.Objects(node, HealthDcat.Column).Select(ColumnOf));
        return table;
    }

    private Column ColumnOf(Term node) => new()
    {
        Iri = NameOf(node),
        Name = graph.Text(node, HealthDcat.Name),
        Title = graph.Localized(node, HealthDcat.Title),
        Description = graph.Localized(node, Dcat.Description),
        Datatype = graph.Text(node, HealthDcat.Datatype),
        PropertyUrl = graph.Text(node, HealthDcat.PropertyUrl),
    };

    private static string NameOf(Term node) => (node as Iri)?.Value ?? string.Empty;
}
