using System.Text.Json.Nodes;
using Ecosystem.Testing;

namespace Ecosystem.Charts.Tests;

/// <summary>The two schemas of values say the same, and what they describe is there.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode OfAService = Read("charts/service/values.schema.json");
    private static readonly JsonNode OfARegion = Read("charts/ecosystem/values.schema.json");

    [Fact]
    public void A_service_is_described_once()
    {
        var inRegion = OfARegion["$defs"]!["service"]!["properties"]!.AsObject();
        var alone = OfAService["properties"]!.AsObject();

        Assert.Equal(inRegion.Select(member => member.Key), alone.Select(member => member.Key).Where(name => name != "global"));
        Assert.All(inRegion, member => Assert.True(JsonNode.DeepEquals(member.Value, alone[member.Key]), member.Key));
        Assert.All(OfAService["$defs"]!.AsObject(), shared => Assert.True(JsonNode.DeepEquals(shared.Value, OfARegion["$defs"]![shared.Key]), shared.Key));
    }

    [Theory]
    [InlineData("charts/service")]
    [InlineData("charts/ecosystem")]
    public void Every_value_of_the_schema_has_a_default_and_the_other_way_round(string chart)
    {
        var schema = Read($"{chart}/values.schema.json")["properties"]!.AsObject().Select(member => member.Key).Where(name => name != "global");
        var values = Rendering.Rendering.Parse(File.ReadAllText(Path.Combine(Repository.Root, chart, "values.yaml")))!.AsObject().Select(member => member.Key);

        Assert.Equal(values.Order(), schema.Order());
    }

    [Fact]
    public void Objects_of_the_schema_take_nothing_that_they_do_not_name()
    {
        Assert.All(ObjectsIn(OfARegion).Concat(ObjectsIn(OfAService)), one => Assert.False(one["additionalProperties"]!.GetValue<bool>()));
        static IEnumerable<JsonNode> ObjectsIn(JsonNode node) => node switch
        {
            JsonObject it when it["properties"] is JsonObject properties && it["type"] is not null => properties.SelectMany(member => ObjectsIn(member.Value!)).Append(it),
            JsonObject it => it.Where(member => member.Value is not null).SelectMany(member => ObjectsIn(member.Value!)),
            JsonArray list => list.Where(item => item is not null).SelectMany(item => ObjectsIn(item!)),
            _ => [],
        };
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)))!;
}
