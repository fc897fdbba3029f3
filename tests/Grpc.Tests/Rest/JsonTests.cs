using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf;

namespace Ecosystem.Grpc.Tests.Rest;

public sealed class JsonTests : RestServer
{
    public static TheoryData<string, string> Members() => new()
    {
        { """{"flag":true}""", """{"flag":true}""" },
        { """{"large":9007199254740993}""", """{"large":"9007199254740993"}""" },
        { """{"large":"-9223372036854775808"}""", """{"large":"-9223372036854775808"}""" },
        { """{"largeUnsigned":"18446744073709551615"}""", """{"largeUnsigned":"18446744073709551615"}""" },
        { """{"small":"12"}""", """{"small":12}""" },
        { """{"small":1e3}""", """{"small":1000}""" },
        { """{"number":"NaN"}""", """{"number":"NaN"}""" },
        { """{"number":"-Infinity"}""", """{"number":"-Infinity"}""" },
        { """{"number":0.1}""", """{"number":0.1}""" },
        { """{"text":"\u00fc\ud83d\ude08"}""", """{"text":"ü😈"}""" },
        { """{"data":"-_8="}""", """{"data":"+/8="}""" },
        { """{"data":"-_8"}""", """{"data":"+/8="}""" },
        { """{"kind":"AUDIO"}""", """{"kind":"AUDIO"}""" },
        { """{"kind":1}""", """{"kind":"PAPER"}""" },
        { """{"kind":77}""", """{"kind":77}""" },
        { """{"small_unsigned":3}""", """{"smallUnsigned":3}""" },
        { """{"texts":["a","b"]}""", """{"texts":["a","b"]}""" },
        { """{"counts":{"a":1}}""", """{"counts":{"a":1}}""" },
        { """{"booksByNumber":{"-5":{"id":"x"}}}""", """{"booksByNumber":{"-5":{"id":"x","title":"","etag":"","pageCount":0}}}""" },
        { """{"right":0}""", """{"right":0}""" },
        { """{"maybe":0}""", """{"maybe":0}""" },
        { """{"time":"2026-01-31T13:00:00.5+01:00"}""", """{"time":"2026-01-31T12:00:00.500Z"}""" },
        { """{"span":"1.5s"}""", """{"span":"1.500s"}""" },
        { """{"mask":"pageCount,book.id"}""", """{"mask":"pageCount,book.id"}""" },
        { """{"structure":{"a":[1,null,{"b":true}]}}""", """{"structure":{"a":[1,null,{"b":true}]}}""" },
        { """{"value":null}""", """{"value":null}""" },
        { """{"value":[1,"x"]}""", """{"value":[1,"x"]}""" },
        { """{"any":{"@type":"type.googleapis.com/testing.v1.Book","id":"7"}}""", """{"any":{"@type":"type.googleapis.com/testing.v1.Book","id":"7"}}""" },
        { """{"wrappedLarge":"0","wrappedText":"","wrappedFlag":false}""", """{"wrappedLarge":"0","wrappedText":"","wrappedFlag":false}""" },
        { """{"wrappedLarge":null,"book":null,"text":null}""", "{}" },
        { """{"kinds":["PAPER",2]}""", """{"kinds":["PAPER","AUDIO"]}""" },
        { """{"times":["1970-01-01T00:00:00Z"]}""", """{"times":["1970-01-01T00:00:00Z"]}""" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_member_is_read_and_written_as_the_mapping_says(string sent, string expected)
    {
        var mirrored = JsonNode.Parse((await PostAsync("/library/v1/everything:mirror", sent)).GetRawText())!.AsObject();

        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, mirrored[name]), $"{name}: {mirrored[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task What_is_written_is_what_the_library_of_protobuf_reads()
    {
        var sent = new Everything
        {
            Flag = true, Small = -1, Large = long.MaxValue, Number = 1e300, Single = 0.1f, Text = "ü<>&\"\\\n", Data = ByteString.CopyFromUtf8("x"),
            Kind = Kind.Audio, Book = new Book { Id = "1" }, Texts = { "", "b" }, Books = { new Book(), new Book { Title = "t" } },
            Counts = { ["k"] = 0 }, BooksByNumber = { [long.MinValue] = new Book() }, Left = "", Maybe = 0, WrappedLarge = 5, Kinds = { Kind.Paper },
        };

        var mirrored = await PostAsync("/library/v1/everything:mirror", JsonFormatter.Default.Format(sent));

        Assert.Equal(sent, JsonParser.Default.Parse<Everything>(mirrored.GetRawText()));
    }

    [Fact]
    public async Task Fields_without_presence_are_always_written_and_others_only_when_set()
    {
        var names = (await PostAsync("/library/v1/everything:mirror", "{}")).EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "flag", "small", "large", "text", "texts", "counts", "kind" }, names);
        Assert.DoesNotContain("maybe", names);
        Assert.DoesNotContain("book", names);
        Assert.DoesNotContain("left", names);
    }

    [Theory]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("""{"large":"1e400"}""")]
    [InlineData("""{"single":1e300}""")]
    [InlineData("""{"data":"%%%"}""")]
    [InlineData("""{"time":"31.1.2026"}""")]
    [InlineData("""{"any":{"@type":"type.googleapis.com/testing.v1.Nothing"}}""")]
    [InlineData("""{"texts":[null]}""")]
    [InlineData("""{"texts":"a"}""")]
    [InlineData("""{"counts":[]}""")]
    [InlineData("""{"booksByNumber":{"x":{}}}""")]
    [InlineData("""{"flag":"true"}""")]
    [InlineData("""{"kind":"STONE"}""")]
    public async Task What_the_mapping_forbids_is_refused_with_one_violation(string sent)
    {
        using var response = await Http.PostAsync("/library/v1/everything:mirror", Json(sent));

        Violation(await ProblemAsync(response, 400));
    }
}
