using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Google.Protobuf;

namespace Ecosystem.Catalog.Export;

/// <summary>What is in structured data: CSV on the Web, as HealthDCAT-AP uses it.</summary>
internal sealed class VariableWriter(Statements statements)
{
    public void Write(Term dataset, TableGroup group)
    {
        if (Begin(dataset, HealthDcat.HasVariables, group.Iri, group, HealthDcat.TableGroup) is not { } node)
        {
            return;
        }

        statements.Text(node, Dcat.Title, group.Title);
        foreach (Table table in group.Tables)
        {
            WriteTable(node, table);
        }
    }

    private void WriteTable(Term group, Table table)
    {
        if (Begin(group, HealthDcat.Table, table.Iri, table, HealthDcat.TableClass) is not { } node)
        {
            return;
        }

        statements.Text(node, Dcat.Title, table.Title);
        statements.Reference(node, HealthDcat.Url, table.Url);
        foreach (Keyword keyword in table.Keywords)
        {
            statements.Text(node, Dcat.Keyword, keyword.Text, keyword.Language);
        }

        foreach (Column column in table.Columns)
        {
            WriteColumn(node, column);
        }
    }

    private void WriteColumn(Term table, Column column)
    {
        if (Begin(table, HealthDcat.Column, column.Iri, column, HealthDcat.ColumnClass) is { } node)
        {
            statements.Text(node, HealthDcat.Name, column.Name);
            statements.Text(node, HealthDcat.Title, column.Title);
            statements.Text(node, Dcat.Description, column.Description);
            statements.Text(node, HealthDcat.Datatype, column.Datatype);
            statements.Reference(node, HealthDcat.PropertyUrl, column.PropertyUrl);
        }
    }

    /// <returns>The node to describe; null when it was described before.</returns>
    private Term? Begin(Term owner, Iri property, string iri, IMessage said, Iri type)
    {
        (Term node, bool isNew) = statements.Name(iri, said);
        statements.Add(owner, property, node);
        if (!isNew)
        {
            return null;
        }

        statements.Add(node, Dcat.Type, type);
        return node;
    }
}
