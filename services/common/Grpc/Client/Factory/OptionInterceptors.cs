using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Client.Factory;

/// <summary>Changes the options of every call, whatever kind it is.</summary>
internal abstract class OptionInterceptor : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, With(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(With(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(With(context));

    protected abstract CallOptions Change(CallOptions options);

    private ClientInterceptorContext<TRequest, TResponse> With<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class => new(context.Method, context.Host, Change(context.Options));
}

/// <summary>Applies the options actions of a client.</summary>
internal sealed class ConfiguredCalls(GrpcClientFactoryOptions options, IServiceProvider services) : OptionInterceptor
{
    protected override CallOptions Change(CallOptions callOptions)
    {
        var context = new CallOptionsContext(callOptions, services);
        foreach (var configure in options.CallOptionsActions)
        {
            configure(context);
        }

        return context.CallOptions;
    }
}

/// <summary>Gives calls made while serving a call its deadline and cancellation, so that nobody works for a caller who has gone.</summary>
internal sealed class CallContextPropagation(IHttpContextAccessor accessor, bool mustBeServing) : OptionInterceptor
{
    protected override CallOptions Change(CallOptions options)
    {
        if (accessor.HttpContext?.Features.Get<Server.Calls.HttpCallContext>() is not { } serving)
        {
            return mustBeServing
                ? throw new InvalidOperationException("The client takes over deadline and cancellation of the call being served, and no call is being served.")
                : options;
        }

        if (serving.Deadline < (options.Deadline ?? DateTime.MaxValue))
        {
            options = options.WithDeadline(serving.Deadline);
        }

        if (!serving.CancellationToken.CanBeCanceled || options.CancellationToken == serving.CancellationToken)
        {
            return options;
        }

        if (!options.CancellationToken.CanBeCanceled)
        {
            return options.WithCancellationToken(serving.CancellationToken);
        }

        var both = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, serving.CancellationToken);
        serving.HttpContext.Response.RegisterForDispose(both);
        return options.WithCancellationToken(both.Token);
    }
}
