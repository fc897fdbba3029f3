using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ecosystem.Grpc.Client.Factory;

/// <summary>One channel per named client, made when first needed and kept for the life of the host.</summary>
internal sealed class GrpcChannels(
    IServiceProvider services, IOptionsMonitor<GrpcClientFactoryOptions> options, IHttpMessageHandlerFactory handlers, ILoggerFactory loggers, TimeProvider? time = null)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(GrpcChannel Channel, CallInvoker Invoker)>> _channels = new(StringComparer.Ordinal);

    public CallInvoker InvokerOf(string name, IServiceProvider scope)
    {
        var invoker = _channels.GetOrAdd(name, n => new(() => Create(n))).Value.Invoker;
        var own = options.Get(name);
        if (own.CallOptionsActions.Count > 0)
        {
            invoker = invoker.Intercept(new ConfiguredCalls(own, scope));
        }

        foreach (var registration in own.InterceptorRegistrations.Reverse().Where(r => r.Scope == InterceptorScope.Client))
        {
            invoker = invoker.Intercept(registration.Create(scope));
        }

        return invoker;
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(c => c.IsValueCreated))
        {
            channel.Value.Channel.Dispose();
        }
    }

    private (GrpcChannel Channel, CallInvoker Invoker) Create(string name)
    {
        var own = options.Get(name);
        var address = own.Address ?? throw new InvalidOperationException($"The gRPC client '{name}' has no address: set it in AddGrpcClient(o => o.Address = …).");
        var channelOptions = new GrpcChannelOptions { HttpHandler = handlers.CreateHandler(name), LoggerFactory = loggers, Time = time ?? TimeProvider.System };
        if (own.Service is not null)
        {
            channelOptions.ServiceConfig = IdempotentCalls.Repeat(own.Service);
        }

        foreach (var configure in own.ChannelOptionsActions)
        {
            configure(channelOptions);
        }

        var channel = GrpcChannel.ForAddress(address, channelOptions);
        var invoker = channel.CreateCallInvoker();
        foreach (var registration in own.InterceptorRegistrations.Reverse().Where(r => r.Scope == InterceptorScope.Channel))
        {
            invoker = invoker.Intercept(registration.Create(services));
        }

        return (channel, invoker);
    }
}
