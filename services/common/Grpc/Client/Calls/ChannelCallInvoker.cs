using Ecosystem.Grpc.Wire;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>Makes calls over a channel.</summary>
internal sealed class ChannelCallInvoker(ChannelSettings channel) : CallInvoker
{
    private readonly Retries _retries = new(channel);

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        if (_retries.For(method) is { } pipeline)
        {
            return new RetryingUnaryCall<TRequest, TResponse>(channel, method, host, options, request).Start(pipeline);
        }

        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        return new AsyncUnaryCall<TResponse>(SendUnaryAsync(call, request), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        _ = SendMessageAsync(call, request);
        return new AsyncServerStreamingCall<TResponse>(
            new ClientResponseStream<TRequest, TResponse>(call), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        var content = new MessageStreamContent();
        _ = call.SendAsync(content);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            new ClientRequestStream<TRequest, TResponse>(call, content), ReadSingleAsync(call), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        var content = new MessageStreamContent();
        _ = call.SendAsync(content);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new ClientRequestStream<TRequest, TResponse>(call, content),
            new ClientResponseStream<TRequest, TResponse>(call),
            call.Headers,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    internal static async Task<TResponse> SendUnaryAsync<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        using (call)
        {
            await SendMessageAsync(call, request);
            return await call.ReadSingleAsync();
        }
    }

    private static Task SendMessageAsync<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        var frame = new PooledBufferWriter();
        try
        {
            new FrameWriter(frame, call.Channel.MaxSendMessageSize).Write(request, call.Method.RequestMarshaller.ContextualSerializer, call.IsCompressed);
        }
        catch
        {
            frame.Dispose();
            call.Dispose();
            throw;
        }

        return call.SendAsync(new MessageContent(frame));
    }

    private static async Task<TResponse> ReadSingleAsync<TRequest, TResponse>(ClientCall<TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        using (call)
        {
            return await call.ReadSingleAsync();
        }
    }
}
