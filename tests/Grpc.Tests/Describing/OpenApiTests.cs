using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecosystem.Contracts;
using Ecosystem.Grpc.OpenApi;
using Ecosystem.Grpc.Tests.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Describing;

public sealed class OpenApiTests
{
    private readonly JsonObject _library = OpenApiDocument.Build("Library", [Library.Descriptor, Echo.Descriptor]);
    private readonly JsonObject _ecosystem = OpenApiDocument.Build("Ecosystem", ContractFiles.Services);

    [Fact]
    public void Every_rule_of_every_method_is_an_operation()
    {
        var operations = Operations(_library).Select(o => $"{o.Verb} {o.Path} {o.Value["operationId"]}").Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "delete /library/v1/books/{book.id} Library_DeleteBook",
                "get /echo/v1/repeat/{text} Echo_Repeat",
                "get /library/v1/books Library_FindBooks",
                "get /library/v1/books/{book.id} Library_GetBook_2",
                "get /library/v1/books/{book.id}:brief Library_GetBook_3",
                "get /library/v1/everything Library_Mirror_2",
                "get /library/v1/files/{name_1} Library_GetFile",
                "get /library/v1/files/{name_1}:meta Library_GetFile_2",
                "get /library/v1/shelves/{name_1}/books/{name_2} Library_GetBook",
                "get /library/v1/titles Library_Titles",
                "head /library/v1/heads/{name} Library_GetFile_3",
                "patch /library/v1/books/{book.id} Library_UpdateBook",
                "post /echo/v1/say Echo_Say",
                "post /library/v1/everything:mirror Library_Mirror",
                "post /library/v1/shelves/{name_1}/books Library_CreateBook",
            ],
            operations);
    }

    [Fact]
    public void Comments_of_the_proto_are_the_words_of_the_description()
    {
        Assert.Equal("Reads a book", Operation("/library/v1/books/{book.id}", "get")["summary"]!.GetValue<string>());
        Assert.Equal("Its title.", Schema("testing.v1.Book")["properties"]!["title"]!["description"]!.GetValue<string>());
        Assert.Contains("- `AUDIO`: Sound.", Schema("testing.v1.Kind")["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_neither_path_nor_body_fills_is_a_query_parameter()
    {
        var names = Operation("/library/v1/shelves/{name_1}/books", "post")["parameters"]!.AsArray()
            .Where(p => p!["in"]!.GetValue<string>() == "query")
            .Select(p => p!["name"]!.GetValue<string>());

        Assert.Equal(["pageSize", "topics", "updateMask", "kinds", "since"], names);
    }

    [Theory]
    [InlineData("large", """{"type":"string","format":"int64"}""")]
    [InlineData("data", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("kind", """{"$ref":"#/components/schemas/testing.v1.Kind"}""")]
    [InlineData("texts", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("counts", """{"type":"object","additionalProperties":{"type":"integer","format":"int32"}}""")]
    [InlineData("inner", """{"$ref":"#/components/schemas/testing.v1.Everything"}""")]
    [InlineData("time", """{"type":"string","format":"date-time"}""")]
    [InlineData("wrappedFlag", """{"type":["boolean","null"]}""")]
    [InlineData("value", "{}")]
    public void A_field_is_described_as_it_is_written(string field, string schema) =>
        Assert.Equal(schema, Schema("testing.v1.Everything")["properties"]![field]!.ToJsonString());

    [Fact]
    public void A_guarded_method_says_what_it_needs()
    {
        var create = _ecosystem["paths"]!["/catalog/v1/data-assets"]!["post"]!;
        var read = _ecosystem["paths"]!["/catalog/v1/data-assets"]!["get"]!;

        Assert.Equal("catalog.data-assets.create", create["x-permission"]!.GetValue<string>());
        Assert.NotEmpty(create["security"]!.AsArray());
        Assert.Empty(read["security"]!.AsArray());
    }

    [Fact]
    public void The_etag_of_a_resource_travels_in_the_headers_of_HTTP()
    {
        var read = Operation("/library/v1/books/{book.id}", "get");
        var change = Operation("/library/v1/books/{book.id}", "patch");

        Assert.Equal(["If-None-Match"], Headers(read));
        Assert.NotNull(read["responses"]!["200"]!["headers"]!["ETag"]);
        Assert.NotNull(read["responses"]!["304"]);
        Assert.Equal(["If-Match"], Headers(change));
        Assert.Null(change["responses"]!["304"]);
        Assert.Empty(Headers(Operation("/library/v1/titles", "get")));

        static IEnumerable<string> Headers(JsonNode operation) => operation["parameters"]!.AsArray()
            .Where(p => p!["in"]!.GetValue<string>() == "header")
            .Select(p => p!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Every_method_of_the_ecosystem_is_described_in_words()
    {
        var silent = Operations(_ecosystem).Where(o => o.Value["summary"]!.GetValue<string>().Length == 0).Select(o => $"{o.Verb} {o.Path}");

        Assert.Empty(silent);
        Assert.NotEmpty(Operations(_ecosystem));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_operation_has_its_own_name()
    {
        foreach (var reference in References(_ecosystem))
        {
            JsonNode? target = _ecosystem;
            foreach (var step in reference.Split('/').Skip(1))
            {
                target = target?[step];
            }

            Assert.True(target is not null, reference);
        }

        var names = Operations(_ecosystem).Select(o => o.Value["operationId"]!.GetValue<string>()).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Paths_that_differ_only_in_the_names_of_their_parameters_are_one()
    {
        var shapes = _ecosystem["paths"]!.AsObject().Select(p => Regex.Replace(p.Key, @"\{[^}]*\}", "{}", RegexOptions.NonBacktracking)).ToArray();

        Assert.Equal(shapes.Length, shapes.Distinct().Count());
    }

    [Fact]
    public async Task The_document_describes_what_is_mapped()
    {
        await using var server = await EchoServer.StartAsync(services: s => s.AddGrpc().AddJsonTranscoding(), map: app => app.MapOpenApiDocument("Echo"));
        using var http = server.Http();

        var document = JsonNode.Parse(await http.GetStringAsync("/openapi.json"))!;

        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        Assert.Equal(["/echo/v1/repeat/{text}", "/echo/v1/say"], document["paths"]!.AsObject().Select(p => p.Key));
    }

    private JsonNode Operation(string path, string verb) => _library["paths"]![path]![verb]!;

    private JsonNode Schema(string name) => _library["components"]!["schemas"]![name]!;

    private static IEnumerable<(string Path, string Verb, JsonNode Value)> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (p.Key, o.Key, o.Value!)));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => m.Key == "$ref" ? [m.Value!.GetValue<string>()] : References(m.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
