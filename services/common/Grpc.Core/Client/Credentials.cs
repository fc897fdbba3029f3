using Grpc.Core.Utils;

namespace Grpc.Core;

/// <summary>The call credentials are asked for.</summary>
/// <param name="serviceUrl">The address of the service.</param>
/// <param name="methodName">The name of the method.</param>
/// <param name="cancellationToken">Fires when the call no longer needs them.</param>
public class AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken = default)
{
    /// <summary>The address of the service.</summary>
    public string ServiceUrl { get; } = GrpcPreconditions.CheckNotNull(serviceUrl, nameof(serviceUrl));

    /// <summary>The name of the method.</summary>
    public string MethodName { get; } = GrpcPreconditions.CheckNotNull(methodName, nameof(methodName));

    /// <summary>Fires when the call no longer needs them.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Adds credentials, such as an <c>authorization</c> header, to the metadata of a call.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

/// <summary>Credentials sent with each call.</summary>
public abstract class CallCredentials
{
    /// <summary>Credentials that a function adds to the metadata of each call.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCredentials(GrpcPreconditions.CheckNotNull(interceptor, nameof(interceptor)));

    /// <summary>Several credentials, applied in order.</summary>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new ComposedCredentials([.. GrpcPreconditions.CheckNotNull(credentials, nameof(credentials))]);

    /// <summary>Shows what the credentials are to a configurator.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class InterceptorCredentials(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, interceptor);
    }

    private sealed class ComposedCredentials(IReadOnlyList<CallCredentials> credentials) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, credentials);
    }
}

/// <summary>Receives what call credentials are.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They are several.</summary>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>They are a function.</summary>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}

/// <summary>How a channel is secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No transport security: HTTP/2 without TLS.</summary>
    public static ChannelCredentials Insecure { get; } = new Plain();

    /// <summary>Transport security with the system's trusted roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Transport security together with credentials sent with each call.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) => new Composed(
        GrpcPreconditions.CheckNotNull(channelCredentials, nameof(channelCredentials)),
        GrpcPreconditions.CheckNotNull(callCredentials, nameof(callCredentials)));

    /// <summary>Shows what the credentials are to a configurator.</summary>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);

    private sealed class Plain : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class Composed(ChannelCredentials channel, CallCredentials call) : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, channel, call);
    }
}

/// <summary>Transport security with the system's trusted roots.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, null, null, null);
}

/// <summary>Receives what channel credentials are.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>No transport security.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Transport security.</summary>
    public abstract void SetSslCredentials(object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback);

    /// <summary>Transport security together with credentials sent with each call.</summary>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
