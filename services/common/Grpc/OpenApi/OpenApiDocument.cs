using System.Text.Json.Nodes;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Transcoding.Rules;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>
/// Describes the REST doors of services as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1), from their descriptors, comments and access
/// rules, so that the description cannot differ from what is served.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>The document for some services.</summary>
    /// <param name="title">The name of the API.</param>
    /// <param name="services">The services; methods without a <c>google.api.http</c> rule are left out.</param>
    /// <param name="version">The version of the API.</param>
    public static JsonObject Build(string title, IEnumerable<ServiceDescriptor> services, string version = "1.0.0")
    {
        ArgumentNullException.ThrowIfNull(services);
        var schemas = new SchemaCollection();
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, OpenApiPath>(StringComparer.Ordinal);
        var tags = new JsonArray();
        foreach (var service in services.OrderBy(s => s.FullName, StringComparer.Ordinal))
        {
            var rules = service.Methods.SelectMany(RestRule.Of).ToArray();
            if (rules.Length == 0)
            {
                continue;
            }

            tags.Add(new JsonObject { ["name"] = service.Name, ["description"] = ProtoComments.Of(service) });
            foreach (var rule in rules)
            {
                var path = new OpenApiPath(rule);
                if (shapes.TryGetValue(path.Shape, out var first))
                {
                    path = new OpenApiPath(rule, [.. first.Parameters.Select(p => p.Name)]);
                }
                else
                {
                    shapes[path.Shape] = path;
                    paths[path.Text] = [];
                }

                paths[path.Text][rule.Verb.ToLowerInvariant()] = Operation.Describe(rule, path, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = version, ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" } },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = tags,
            ["paths"] = new JsonObject(paths.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["responses"] = new JsonObject { [ProblemSchema.Name] = ProblemSchema.Response() },
                ["securitySchemes"] = new JsonObject
                {
                    [Operation.SecurityScheme] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                        ["description"] = "An access token of the ecosystem's OpenID provider.",
                    },
                },
            },
        };
    }
}
