using System.Text.Json.Nodes;
using Ecosystem.Authz.V1;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Transcoding.Rules;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>One mapping of a method as an operation of OpenAPI.</summary>
internal static class Operation
{
    public const string SecurityScheme = "bearer";

    public static JsonObject Describe(RestRule rule, OpenApiPath path, SchemaCollection schemas)
    {
        var method = rule.Method;
        var comment = ProtoComments.Of(method);
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(rule),
            ["summary"] = FirstSentence(comment),
            ["description"] = DescriptionOf(method, comment),
            ["tags"] = new JsonArray(method.Service.Name),
        };
        AddAccess(operation, method);
        var parameters = QueryParameters.Describe(rule, schemas);
        foreach (var parameter in path.Parameters.Reverse())
        {
            parameters.Insert(0, PathParameterOf(parameter, schemas));
        }

        Preconditions.AddTo(parameters, rule);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (rule.HasBody)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content("application/json", SchemaOf(rule.BodyField, method.InputType, schemas), rule.BodyField, method.InputType),
            };
        }

        operation["responses"] = Responses(rule, schemas);
        return operation;
    }

    private static JsonObject Responses(RestRule rule, SchemaCollection schemas)
    {
        JsonNode Schema() => SchemaOf(rule.ResponseField, rule.Method.OutputType, schemas);
        var content = rule.Method.IsServerStreaming
            ? new JsonObject
            {
                ["application/x-ndjson"] = new JsonObject { ["schema"] = Schema() },
                ["text/event-stream"] = new JsonObject { ["schema"] = Schema() },
            }
            : Content("application/json", Schema(), rule.ResponseField, rule.Method.OutputType);
        var responses = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = ProtoComments.Of(rule.Method.OutputType) is { Length: > 0 } comment ? FirstSentence(comment) : "Success.",
                ["content"] = content,
            },
        };
        Preconditions.AddTo(responses, rule);
        responses["default"] = new JsonObject { ["$ref"] = $"#/components/responses/{ProblemSchema.Name}" };
        return responses;
    }

    private static JsonNode SchemaOf(FieldDescriptor? field, MessageDescriptor whole, SchemaCollection schemas) =>
        field is null ? schemas.OfMessage(whole) : schemas.OfField(field);

    private static JsonObject Content(string mediaType, JsonNode schema, FieldDescriptor? field, MessageDescriptor whole)
    {
        var content = new JsonObject { ["schema"] = schema };
        if ((field is null ? Examples.Of(whole) : Examples.Of(field)) is { } example)
        {
            content["example"] = example;
        }

        return new JsonObject { [mediaType] = content };
    }

    private static void AddAccess(JsonObject operation, MethodDescriptor method)
    {
        var rule = method.GetOptions()?.GetExtension(RuleExtensions.Rule);
        if (rule is null || rule.Public)
        {
            operation["security"] = new JsonArray();
            return;
        }

        operation["security"] = new JsonArray(new JsonObject { [SecurityScheme] = new JsonArray() });
        operation["x-permission"] = rule.Permission;
        operation["x-roles"] = new JsonArray([.. rule.Roles.Select(r => JsonValue.Create(r))]);
    }

    private static string DescriptionOf(MethodDescriptor method, string comment) =>
        method.GetOptions()?.GetExtension(RuleExtensions.Rule) switch
        {
            { Public: true } => $"{comment}\n\nPublic: no token is needed.",
            { Permission.Length: > 0 } rule => $"{comment}\n\nNeeds the permission `{rule.Permission}`, which comes with the role {string.Join(" or ", rule.Roles.Select(r => $"`{r}`"))}.",
            _ => comment,
        };

    private static JsonObject PathParameterOf(PathParameter parameter, SchemaCollection schemas) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = parameter.Field is null ? "" : ProtoComments.Of(parameter.Field.Field),
        ["schema"] = parameter.Field is null ? new JsonObject { ["type"] = "string" } : schemas.OfField(parameter.Field.Field),
    };

    /// <summary>Unique in the document: further mappings of a method are numbered.</summary>
    private static string OperationId(RestRule rule)
    {
        var position = RestRule.Of(rule.Method).ToList().FindIndex(r => r.Verb == rule.Verb && r.Path == rule.Path);
        return position == 0 ? $"{rule.Method.Service.Name}_{rule.Method.Name}" : $"{rule.Method.Service.Name}_{rule.Method.Name}_{position + 1}";
    }

    private static string FirstSentence(string comment)
    {
        var end = comment.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? comment.Split("\n\n")[0] : comment[..(end + 1)]).TrimEnd('.');
    }
}
