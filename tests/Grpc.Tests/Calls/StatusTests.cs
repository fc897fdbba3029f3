using Ecosystem.Grpc.Tests.Contracts;
using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class StatusTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private Echo.EchoClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _client = _server.Client();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<StatusCode> Codes() => [.. Enum.GetValues<StatusCode>().Where(c => c != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_reaches_the_caller_with_its_details(StatusCode code)
    {
        var error = await Fails("refused", code);

        Assert.Equal(code, error.StatusCode);
        Assert.Equal("refused", error.Status.Detail);
        Assert.Equal((int)code, RichStatus.Of(error).Code);
        Assert.Equal("ASKED_TO", RichStatus.ReasonOf(error)?.Reason);
    }

    [Theory]
    [InlineData("100 % sicher")]
    [InlineData("\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n")]
    [InlineData("Übermäßig lange Größe")]
    public async Task A_message_with_any_characters_arrives_unchanged(string sentence)
    {
        var error = await Fails(sentence, StatusCode.Unknown);

        Assert.Equal(sentence, error.Status.Detail);
    }

    [Fact]
    public async Task An_unexpected_failure_does_not_tell_its_secrets()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _client.SayAsync(new EchoRequest { Text = "crash" }));

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_failure_tells_its_details_where_they_are_allowed()
    {
        await using var server = await EchoServer.StartAsync(o => o.EnableDetailedErrors = true);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Client().SayAsync(new EchoRequest { Text = "crash" }));

        Assert.Contains("secret detail", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_nobody_offers_is_unimplemented()
    {
        var method = new Method<EchoRequest, EchoReply>(
            MethodType.Unary, "testing.v1.Nobody", "Say", MarshallerOf(EchoRequest.Parser), MarshallerOf(EchoReply.Parser));

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await _server.Channel().CreateCallInvoker().AsyncUnaryCall(method, null, default, new EchoRequest()));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        Assert.Contains("/testing.v1.Nobody/Say", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        var client = _server.Client();
        await _server.StopAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.SayAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public void Violations_name_their_fields()
    {
        var error = RichStatus.InvalidArgument("The asset cannot be registered.", ("title", "A title is needed."));

        var violation = Assert.Single(RichStatus.Detail<BadRequest>(RichStatus.Of(error))!.FieldViolations);
        Assert.Equal("title", violation.Field);
        Assert.Equal("A title is needed.", violation.Description);
    }

    private static Marshaller<T> MarshallerOf<T>(Google.Protobuf.MessageParser<T> parser)
        where T : class, Google.Protobuf.IMessage<T> =>
        Marshallers.Create(m => Google.Protobuf.MessageExtensions.ToByteArray(m), bytes => parser.ParseFrom(bytes));

    private Task<RpcException> Fails(string sentence, StatusCode code) =>
        Assert.ThrowsAsync<RpcException>(async () => await _client.SayAsync(new EchoRequest { Text = sentence, FailWith = (int)code }));
}
