using System.Text.Json.Nodes;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>What <see cref="ProblemJson"/> writes, as a schema.</summary>
internal static class ProblemSchema
{
    public const string Name = "Problem";

    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["description"] = "An error (RFC 9457). `reason` is stable and for programs, `detail` is for people.",
        ["required"] = new JsonArray("type", "title", "status", "detail", "code"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("The kind of the problem."),
            ["title"] = Text("The phrase of the HTTP status."),
            ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
            ["detail"] = Text("What went wrong and how to put it right."),
            ["code"] = Text("The gRPC status code, as in `PERMISSION_DENIED`."),
            ["reason"] = Text("Why, in UPPER_SNAKE_CASE."),
            ["violations"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Every field that is wrong.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("field", "problem"),
                    ["properties"] = new JsonObject
                    {
                        ["field"] = Text("The path of the field."),
                        ["problem"] = Text("What is wrong with it, in English."),
                        ["localizedProblem"] = new JsonObject
                        {
                            ["type"] = "object",
                            ["description"] = "The same in another language, where there is one.",
                            ["properties"] = new JsonObject { ["locale"] = Text("The language (BCP 47)."), ["message"] = Text("The sentence.") },
                        },
                    },
                },
            },
            ["preconditions"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Every condition that is not met.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("type", "subject", "problem"),
                    ["properties"] = new JsonObject
                    {
                        ["type"] = Text("The kind of the condition, in UPPER_SNAKE_CASE."),
                        ["subject"] = Text("What it is about, such as an id."),
                        ["problem"] = Text("What is missing and what to do."),
                    },
                },
            },
            ["metadata"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Facts about the failure, such as the current `etag`.",
                ["additionalProperties"] = new JsonObject { ["type"] = "string" },
            },
        },
    };

    public static JsonObject Response() => new()
    {
        ["description"] = "The request was refused or failed; the body says why.",
        ["content"] = new JsonObject
        {
            [ProblemJson.ContentType] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Name}" },
                ["example"] = new JsonObject
                {
                    ["type"] = "urn:ecosystem:problem:etag-mismatch",
                    ["title"] = "Conflict",
                    ["status"] = 409,
                    ["detail"] = "Somebody else changed it first; read it again.",
                    ["code"] = "ABORTED",
                    ["reason"] = "ETAG_MISMATCH",
                    ["metadata"] = new JsonObject { ["etag"] = "7" },
                },
            },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
