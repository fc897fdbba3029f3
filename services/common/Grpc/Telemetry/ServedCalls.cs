using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>Measures and logs every call served, through either door. Belongs outermost, so that refusals of other interceptors count.</summary>
internal sealed class ServedCalls(ServerInstruments instruments, TimeProvider time, ILogger<ServedCalls> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) => ObserveAsync(context, async call =>
        {
            call.Request(request);
            var response = await continuation(request, context);
            call.Response(response);
            return response;
        });

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) => ObserveAsync(context, async call =>
        {
            var response = await continuation(new CountedReader<TRequest>(requestStream, call.Request), context);
            call.Response(response);
            return response;
        });

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) => ObserveAsync(context, async call =>
        {
            call.Request(request);
            await continuation(request, new CountedResponses<TResponse>(responseStream, call), context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => ObserveAsync(context, async call =>
        {
            await continuation(new CountedReader<TRequest>(requestStream, call.Request), new CountedResponses<TResponse>(responseStream, call), context);
            return true;
        });

    private async Task<T> ObserveAsync<T>(ServerCallContext context, Func<ObservedCall, Task<T>> serve)
    {
        var call = new ObservedCall(context.Method, instruments, time, ended => CallLog.Write(logger, "Served", ended));
        try
        {
            var result = await serve(call);
            call.End(context.Status.StatusCode);
            return result;
        }
        catch (RpcException error)
        {
            call.Fail(error);
            throw;
        }
        catch (Exception)
        {
            call.End(CodeOf(context));
            throw;
        }
    }

    /// <summary>What the server will answer for an exception that is no status.</summary>
    private StatusCode CodeOf(ServerCallContext context) =>
        !context.CancellationToken.IsCancellationRequested ? StatusCode.Unknown
        : context.Deadline <= time.GetUtcNow().UtcDateTime ? StatusCode.DeadlineExceeded
        : StatusCode.Cancelled;
}
