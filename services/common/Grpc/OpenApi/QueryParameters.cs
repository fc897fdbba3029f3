using System.Text.Json.Nodes;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Transcoding;
using Ecosystem.Grpc.Transcoding.Json;
using Ecosystem.Grpc.Transcoding.Rules;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>The query parameters of an operation: every field that neither path nor body fills.</summary>
internal static class QueryParameters
{
    /// <summary>Fields of messages this deep inside are left out of the description; the server takes them all the same.</summary>
    private const int MostLevels = 3;

    public static JsonArray Describe(RestRule rule, SchemaCollection schemas)
    {
        var parameters = new JsonArray();
        if (!rule.HasBody || rule.BodyField is not null)
        {
            Add(parameters, rule, schemas, rule.Method.InputType, "", 0);
        }

        return parameters;
    }

    private static void Add(JsonArray parameters, RestRule rule, SchemaCollection schemas, MessageDescriptor message, string prefix, int level)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            if (field == rule.BodyField || rule.PathFields.Any(p => p.Field == field))
            {
                continue;
            }

            var name = prefix + field.JsonName;
            if (TextValues.CanFill(field))
            {
                parameters.Add(new JsonObject
                {
                    ["name"] = name,
                    ["in"] = "query",
                    ["description"] = ProtoComments.Of(field),
                    ["schema"] = schemas.OfField(field),
                });
            }
            else if (field is { IsRepeated: false, FieldType: FieldType.Message } && !WellKnown.IsWellKnown(field.MessageType) && level + 1 < MostLevels)
            {
                Add(parameters, rule, schemas, field.MessageType, $"{name}.", level + 1);
            }
        }
    }
}
