using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.ResultFiles;

/// <summary>Reads a search from the query of an address, with the names that SearchDataAssets has over REST, so that a link to a list becomes a link to its file.</summary>
internal static class SearchParameters
{
    /// <summary>Parameters of the file itself, and of pages, of which a file has none.</summary>
    private static readonly HashSet<string> NotOfTheSearch = ["lang", "pageSize", "page_size", "pageToken", "page_token"];

    public static SearchDataAssetsRequest Read(IQueryCollection query, Violations violations)
    {
        var json = new JsonObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query.Where(p => !NotOfTheSearch.Contains(p.Key)))
        {
            FieldDescriptor? field = SearchDataAssetsRequest.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name || f.Name == name);
            if (field is null || (field.FieldType == FieldType.Message && !IsWritten(field)))
            {
                violations.Add(FieldRules.Shorten(name), "A search has no such parameter.", "Eine Suche hat keinen solchen Parameter.");
                continue;
            }

            json[field.JsonName] = field.IsRepeated ? new JsonArray([.. values.Select(v => ValueOf(field, v))]) : ValueOf(field, values[^1]);
        }

        try
        {
            return JsonParser.Default.Parse<SearchDataAssetsRequest>(json.ToJsonString());
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException or FormatException or OverflowException)
        {
            violations.Add("query", wrong.Message);
            return new SearchDataAssetsRequest();
        }
    }

    /// <summary>Times are messages that JSON writes as text.</summary>
    private static bool IsWritten(FieldDescriptor field) => field.MessageType.FullName is "google.protobuf.Timestamp" or "google.protobuf.Duration";

    private static JsonValue ValueOf(FieldDescriptor field, string? value) =>
        field.FieldType == FieldType.Bool && bool.TryParse(value, out bool truth) ? JsonValue.Create(truth) : JsonValue.Create(value ?? string.Empty);
}
