using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

/// <summary>Options of a client from the services. The shape is Grpc.Net.ClientFactory's.</summary>
public class GrpcClientFactoryOptions
{
    /// <summary>Where the service is.</summary>
    public Uri? Address { get; set; }

    /// <summary>Set options of the channel.</summary>
    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>Set options of each call, before its interceptors.</summary>
    public IList<Action<CallOptionsContext>> CallOptionsActions { get; } = [];

    /// <summary>Interceptors of the calls, the first one outermost.</summary>
    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];

    /// <summary>The service of the client, whose contract says which calls may be repeated.</summary>
    internal ServiceDescriptor? Service { get; set; }
}

/// <summary>An interceptor of a client's calls.</summary>
/// <param name="scope">Whether one serves the channel or each client object.</param>
/// <param name="creator">Creates it.</param>
public class InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
{
    /// <summary>Whether one serves the channel or each client object.</summary>
    public InterceptorScope Scope { get; } = scope;

    internal Interceptor Create(IServiceProvider services) => creator(services);
}

/// <summary>How long an interceptor lives.</summary>
public enum InterceptorScope
{
    /// <summary>As long as the channel.</summary>
    Channel = 0,

    /// <summary>As long as the client object.</summary>
    Client = 1,
}

/// <summary>Options of a call that are about to be used.</summary>
public class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    /// <summary>The options; set to change them.</summary>
    public CallOptions CallOptions { get; set; }

    /// <summary>The services of the client's scope.</summary>
    public IServiceProvider ServiceProvider { get; }
}
