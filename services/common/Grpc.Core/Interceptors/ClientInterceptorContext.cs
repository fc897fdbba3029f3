namespace Grpc.Core.Interceptors;

/// <summary>The call a client interceptor sees.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="method">The method called.</param>
/// <param name="host">The authority asked for, if any.</param>
/// <param name="options">What the caller asks for.</param>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method called.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The authority asked for, if any.</summary>
    public string? Host { get; } = host;

    /// <summary>What the caller asks for.</summary>
    public CallOptions Options { get; } = options;
}
