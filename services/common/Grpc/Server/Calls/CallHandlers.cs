using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Server.Calls;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> invoke, CallSettings settings, TimeProvider time, ILogger logger)
    : CallHandler<TRequest, TResponse>(method, settings, time, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(GrpcCallContext context)
    {
        var request = await context.Reader.ReadSingleAsync(Method.RequestMarshaller.ContextualDeserializer, context.CancellationToken);
        var response = await invoke(request, context) ?? throw HandlerErrors.NoResponse(Method);
        if (context.Status.StatusCode == StatusCode.OK)
        {
            // Not flushed: message and trailers leave together.
            await context.WriteAsync(response, Method.ResponseMarshaller.ContextualSerializer);
        }
    }
}

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> invoke, CallSettings settings, TimeProvider time, ILogger logger)
    : CallHandler<TRequest, TResponse>(method, settings, time, logger)
    where TRequest : class
    where TResponse : class
{
    protected override bool StreamsRequests => true;

    protected override async Task InvokeAsync(GrpcCallContext context)
    {
        var requests = new RequestStream<TRequest>(context, Method.RequestMarshaller.ContextualDeserializer);
        var response = await invoke(requests, context) ?? throw HandlerErrors.NoResponse(Method);
        if (context.Status.StatusCode == StatusCode.OK)
        {
            await context.WriteAsync(response, Method.ResponseMarshaller.ContextualSerializer);
        }
    }
}

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> invoke, CallSettings settings, TimeProvider time, ILogger logger)
    : CallHandler<TRequest, TResponse>(method, settings, time, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(GrpcCallContext context)
    {
        var request = await context.Reader.ReadSingleAsync(Method.RequestMarshaller.ContextualDeserializer, context.CancellationToken);
        var responses = new ResponseStream<TResponse>(context, Method.ResponseMarshaller.ContextualSerializer);
        try
        {
            await invoke(request, responses, context);
        }
        finally
        {
            responses.IsClosed = true;
        }
    }
}

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> invoke, CallSettings settings, TimeProvider time, ILogger logger)
    : CallHandler<TRequest, TResponse>(method, settings, time, logger)
    where TRequest : class
    where TResponse : class
{
    protected override bool StreamsRequests => true;

    protected override async Task InvokeAsync(GrpcCallContext context)
    {
        var requests = new RequestStream<TRequest>(context, Method.RequestMarshaller.ContextualDeserializer);
        var responses = new ResponseStream<TResponse>(context, Method.ResponseMarshaller.ContextualSerializer);
        try
        {
            await invoke(requests, responses, context);
        }
        finally
        {
            responses.IsClosed = true;
        }
    }
}

internal static class HandlerErrors
{
    public static RpcException NoResponse(IMethod method) =>
        new(new Status(StatusCode.Internal, $"The handler of {method.FullName} returned null instead of a response."));
}
