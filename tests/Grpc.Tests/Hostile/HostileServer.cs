using Ecosystem.Grpc.Tests.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>A server that is treated badly; whatever a test does to it, others are served afterwards.</summary>
[Collection(nameof(Alone))]
public abstract class HostileServer : IAsyncLifetime
{
    internal EchoServer Server { get; private set; } = null!;

    internal RawCaller Caller { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await EchoServer.StartAsync(
            services: services => services.AddGrpc().AddJsonTranscoding(),
            map: app => app.MapGrpcService<LibraryService>());
        Caller = new RawCaller(Server.GrpcAddress);
    }

    public async Task DisposeAsync()
    {
        try
        {
            var reply = await Server.Client().SayAsync(new EchoRequest { Text = "still there" }).ResponseAsync.WaitAsync(Ecosystem.Testing.Eventually.Deadline);
            Assert.Equal("still there", reply.Text);
        }
        finally
        {
            Caller.Dispose();
            await Server.DisposeAsync();
        }
    }
}

/// <summary>These tests run by themselves: they count memory, and take all there is of the machine.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
