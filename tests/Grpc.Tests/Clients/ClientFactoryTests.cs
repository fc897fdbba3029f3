using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Clients;

public sealed class ClientFactoryTests : IAsyncLifetime
{
    private EchoServer _server = null!;

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_client_from_the_services_calls_its_address()
    {
        await using var services = Services();

        Assert.Equal("hello", (await services.GetRequiredService<Echo.EchoClient>().SayAsync(new EchoRequest { Text = "hello" })).Text);
    }

    [Fact]
    public async Task Call_credentials_come_from_the_services()
    {
        await using var services = Services(b => b
            .AddCallCredentials((_, metadata, _) =>
            {
                metadata.Add("authorization", "Bearer own");
                return Task.CompletedTask;
            })
            .ConfigureChannel(o => o.UnsafeUseInsecureChannelCallCredentials = true));

        await services.GetRequiredService<Echo.EchoClient>().SayAsync(new EchoRequest());

        Assert.Equal("Bearer own", _server.Probe.Last.RequestHeaders.GetValue("authorization"));
    }

    [Fact]
    public async Task Interceptors_see_the_call_in_the_order_they_were_added()
    {
        await using var services = Services(b => b
            .AddInterceptor(InterceptorScope.Channel, _ => new Tagging("first"))
            .AddInterceptor(InterceptorScope.Channel, _ => new Tagging("second")));

        await services.GetRequiredService<Echo.EchoClient>().SayAsync(new EchoRequest());

        Assert.Equal(["first", "second"], _server.Probe.Last.RequestHeaders.GetAll("x-tag").SelectMany(e => e.Value.Split(", ")));
    }

    [Fact]
    public async Task Without_an_address_the_client_says_what_to_do()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddGrpcClient<Echo.EchoClient>(_ => { });
        await using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<Echo.EchoClient>);
        Assert.Contains("AddGrpcClient(o => o.Address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_made_while_serving_one_takes_over_its_deadline()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        await using var front = await EchoServer.StartAsync(
            options: o => o.Interceptors.Add<Forwarding>(),
            services: s => s.AddGrpcClient<Echo.EchoClient>(o => o.Address = _server.GrpcAddress).EnableCallContextPropagation());

        await front.Client().SayAsync(new EchoRequest { Text = "through" }, deadline: deadline);

        Assert.InRange(_server.Probe.Last.Deadline, deadline.AddMinutes(-1), deadline.AddMinutes(1));
    }

    [Fact]
    public async Task A_call_made_while_serving_one_ends_when_its_caller_goes()
    {
        await using var front = await EchoServer.StartAsync(
            options: o => o.Interceptors.Add<Forwarding>(),
            services: s => s.AddGrpcClient<Echo.EchoClient>(o => o.Address = _server.GrpcAddress).EnableCallContextPropagation());
        using var cancellation = new CancellationTokenSource();
        var call = front.Client().SayAsync(new EchoRequest { Text = "wait" }, cancellationToken: cancellation.Token);
        await Eventually.True(() => _server.Probe.Calls == 1, "the second server works on it");

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(async () => await call);
        await Eventually.True(() => _server.Probe.LastToken.IsCancellationRequested, "the second server is told");
    }

    [Fact]
    public async Task A_client_that_takes_over_deadlines_does_not_work_where_no_call_is_served()
    {
        await using var services = Services(b => b.EnableCallContextPropagation());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await services.GetRequiredService<Echo.EchoClient>().SayAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Options_of_the_channel_are_those_that_were_set()
    {
        await using var second = await EchoServer.StartAsync();
        await using var services = Services(b => b.ConfigureChannel(o => o.TakeInTurn(second.GrpcAddress)));
        var client = services.GetRequiredService<Echo.EchoClient>();

        for (var i = 0; i < 4; i++)
        {
            await client.SayAsync(new EchoRequest());
        }

        Assert.Equal((2, 2), (_server.Probe.Calls, second.Probe.Calls));
    }

    private ServiceProvider Services(Action<IHttpClientBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var builder = services.AddGrpcClient<Echo.EchoClient>(o => o.Address = _server.GrpcAddress);
        configure?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    private sealed class Tagging(string tag) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Metadata headers = [.. context.Options.Headers ?? [], new Metadata.Entry("x-tag", tag)];
            return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }

    private sealed class Forwarding(Echo.EchoClient next) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            return (TResponse)(object)await next.SayAsync((EchoRequest)(object)request);
        }
    }
}
