using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Interceptors_see_every_kind_of_call_from_outside_in()
    {
        var journal = new Journal();
        await using var server = await EchoServer.StartAsync(
            o =>
            {
                o.Interceptors.Add<Noting>("outer");
                o.Interceptors.Add<Noting>("inner");
            },
            s => s.AddSingleton(journal));
        var client = server.Client();

        await client.SayAsync(new EchoRequest());
        using var join = client.Join();
        await join.RequestStream.CompleteAsync();
        await join;
        using var repeat = client.Repeat(new EchoRequest());
        Assert.False(await repeat.ResponseStream.MoveNext());
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        Assert.Equal(
            ["outer Say", "inner Say", "outer Join", "inner Join", "outer Repeat", "inner Repeat", "outer Chat", "inner Chat"],
            journal.Entries);
    }

    [Fact]
    public async Task A_refusal_of_an_interceptor_reaches_both_doors_and_the_handler_is_not_run()
    {
        await using var server = await EchoServer.StartAsync(
            o => o.Interceptors.Add<Refusing>(), s => s.AddGrpc().AddJsonTranscoding());

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Client().SayAsync(new EchoRequest()));
        Assert.Equal("ROLE_MISSING", RichStatus.ReasonOf(error)?.Reason);

        using var http = server.Http();
        using var response = await http.PostAsync("/echo/v1/say", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains("\"reason\":\"ROLE_MISSING\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("testing.v1.Echo.Say", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.Probe.Calls);
    }

    private sealed class Journal
    {
        public List<string> Entries { get; } = [];
    }

    private sealed class Noting(Journal journal, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Note(ServerCallContext context) => journal.Entries.Add($"{name} {context.Method.Split('/')[^1]}");
    }

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw RichStatus.PermissionDenied("ROLE_MISSING", $"Nobody may call {context.GetMethodDescriptor()!.FullName}.");
    }
}
