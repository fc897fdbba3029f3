using System.Text.Json.Nodes;
using Ecosystem.Grpc.Transcoding.Rules;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>The headers that carry the etag of a resource (RFC 9110, sections 8.8.3 and 13.1).</summary>
internal static class Preconditions
{
    public static void AddTo(JsonArray parameters, RestRule rule)
    {
        if (EtagRule.InRequest(rule) is not null)
        {
            parameters.Add(Header("If-Match", "The `ETag` that was read. When somebody else was faster the call is refused with 409 and the current one in `metadata.etag`."));
        }

        if (IsRead(rule))
        {
            parameters.Add(Header("If-None-Match", "An `ETag` that is known already; when it still holds, the answer is 304 without a body."));
        }
    }

    public static void AddTo(JsonObject responses, RestRule rule)
    {
        if (EtagRule.InResponse(rule.Method) is null)
        {
            return;
        }

        responses["200"]!["headers"] = new JsonObject
        {
            ["ETag"] = new JsonObject { ["description"] = "Changes with every change of the resource.", ["schema"] = new JsonObject { ["type"] = "string" } },
        };
        if (IsRead(rule))
        {
            responses["304"] = new JsonObject { ["description"] = "Nothing has changed since the `ETag` in `If-None-Match`." };
        }
    }

    private static bool IsRead(RestRule rule) => rule.Verb == HttpMethods.Get && EtagRule.InResponse(rule.Method) is not null;

    private static JsonObject Header(string name, string description) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };
}
