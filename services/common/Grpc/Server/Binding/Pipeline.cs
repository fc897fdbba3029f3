using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecosystem.Grpc.Server.Binding;

/// <summary>Puts the interceptors before a handler, once per method; per call only the interceptors are created.</summary>
internal static class Pipeline
{
    public static UnaryServerMethod<TRequest, TResponse> Unary<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors, UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => Around(interceptors, handler, (registration, next) => async (request, context) =>
        {
            await using var lease = Lease.Of(registration, context);
            return await lease.Interceptor.UnaryServerHandler(request, context, next);
        });

    public static ClientStreamingServerMethod<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors, ClientStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => Around(interceptors, handler, (registration, next) => async (requests, context) =>
        {
            await using var lease = Lease.Of(registration, context);
            return await lease.Interceptor.ClientStreamingServerHandler(requests, context, next);
        });

    public static ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors, ServerStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => Around(interceptors, handler, (registration, next) => async (request, responses, context) =>
        {
            await using var lease = Lease.Of(registration, context);
            await lease.Interceptor.ServerStreamingServerHandler(request, responses, context, next);
        });

    public static DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors, DuplexStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => Around(interceptors, handler, (registration, next) => async (requests, responses, context) =>
        {
            await using var lease = Lease.Of(registration, context);
            await lease.Interceptor.DuplexStreamingServerHandler(requests, responses, context, next);
        });

    private static THandler Around<THandler>(
        IReadOnlyList<InterceptorRegistration> interceptors, THandler handler, Func<InterceptorRegistration, THandler, THandler> around) =>
        interceptors.Reverse().Aggregate(handler, (next, registration) => around(registration, next));

    private readonly record struct Lease(Interceptor Interceptor, bool IsOwned) : IAsyncDisposable
    {
        public static Lease Of(InterceptorRegistration registration, ServerCallContext context)
        {
            var (interceptor, isOwned) = registration.Create(context.GetHttpContext().RequestServices);
            return new Lease(interceptor, isOwned);
        }

        public ValueTask DisposeAsync() => IsOwned ? Disposal.DisposeAsync(Interceptor) : ValueTask.CompletedTask;
    }
}
