using System.Collections.Frozen;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>The tables of structured data and their columns (CSV on the Web, Metadata Vocabulary for Tabular Data, section 5.11).</summary>
internal static class VariableRules
{
    private const int MaxColumns = 2_000;

    private static readonly FrozenSet<string> Datatypes = FrozenSet.ToFrozenSet(
    [
        "anyAtomicType", "anyURI", "base64Binary", "boolean", "date", "dateTime", "dateTimeStamp", "decimal", "integer", "long", "int", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "nonPositiveInteger", "negativeInteger",
        "double", "duration", "dayTimeDuration", "yearMonthDuration", "float", "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "hexBinary", "QName",
        "string", "normalizedString", "token", "language", "Name", "NMTOKEN", "xml", "html", "json", "time", "number", "binary", "datetime", "any",
    ]);

    public static void CheckAll(DataAsset asset, Violations violations)
    {
        violations.CheckWords("code_values", asset.CodeValues, 300);
        violations.CheckIris("coding_systems", asset.CodingSystems);
        violations.CheckIris("conforms_to", asset.ConformsTo);
        violations.CheckCount("variables", asset.Variables.Count);
        for (int i = 0; i < asset.Variables.Count; i++)
        {
            CheckGroup($"variables[{i}]", asset.Variables[i], violations);
        }

        violations.Unless(
            !asset.HasHasStructuredData || asset.HasStructuredData || asset.Variables.Count == 0,
            "has_structured_data",
            "Variables are described, so the data are structured.",
            "Es sind Variablen beschrieben, also sind die Daten strukturiert.");
    }

    private static void CheckGroup(string field, TableGroup group, Violations violations)
    {
        violations.CheckIri($"{field}.iri", group.Iri);
        violations.RequireText($"{field}.title", group.Title, 300);
        violations.CheckCount($"{field}.tables", group.Tables.Count);
        violations.Unless(group.Tables.Count > 0, $"{field}.tables", "Describe at least one table.", "Beschreiben Sie mindestens eine Tabelle.");
        for (int i = 0; i < group.Tables.Count; i++)
        {
            CheckTable($"{field}.tables[{i}]", group.Tables[i], violations);
        }
    }

    private static void CheckTable(string field, Table table, Violations violations)
    {
        violations.CheckIri($"{field}.iri", table.Iri);
        violations.CheckIri($"{field}.url", table.Url);
        violations.RequireText($"{field}.title", table.Title, 300);
        violations.CheckKeywords($"{field}.keywords", table.Keywords);
        violations.CheckCount($"{field}.columns", table.Columns.Count, MaxColumns);
        violations.Unless(table.Columns.Count > 0, $"{field}.columns", "Describe at least one column.", "Beschreiben Sie mindestens eine Spalte.");
        for (int i = 0; i < table.Columns.Count; i++)
        {
            CheckColumn($"{field}.columns[{i}]", table.Columns[i], violations);
        }
    }

    private static void CheckColumn(string field, Column column, Violations violations)
    {
        violations.CheckIri($"{field}.iri", column.Iri);
        violations.Unless(
            !string.IsNullOrWhiteSpace(column.Name),
            $"{field}.name",
            "Name the column as it is called in the data, for example patient_id.",
            "Nennen Sie die Spalte so, wie sie in den Daten heißt, zum Beispiel patient_id.");
        violations.CheckLine($"{field}.name", column.Name, 300);
        violations.RequireText($"{field}.title", column.Title, 300);
        violations.RequireText($"{field}.description", column.Description, 20_000);
        violations.Unless(
            Datatypes.Contains(column.Datatype),
            $"{field}.datatype",
            "Give a datatype of CSVW, such as string, integer, decimal, boolean, date or dateTime.",
            "Geben Sie einen Datentyp nach CSVW an, etwa string, integer, decimal, boolean, date oder dateTime.");
        violations.CheckIri($"{field}.property_url", column.PropertyUrl);
    }
}
