using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>Measures and logs every call a client makes; attempts that are repeated are one call.</summary>
internal sealed class MadeCalls(ClientInstruments instruments, TimeProvider time, ILogger<MadeCalls> logger) : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method);
        call.Request(request);
        try
        {
            var response = continuation(request, context);
            call.Response(response);
            call.End(StatusCode.OK);
            return response;
        }
        catch (Exception error)
        {
            Fail(call, error);
            throw;
        }
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method);
        call.Request(request);
        var made = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(ObserveAsync(made.ResponseAsync, call), made.ResponseHeadersAsync, made.GetStatus, made.GetTrailers, made.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method);
        var made = continuation(context);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            new CountedRequests<TRequest>(made.RequestStream, call),
            ObserveAsync(made.ResponseAsync, call),
            made.ResponseHeadersAsync,
            made.GetStatus,
            made.GetTrailers,
            made.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method);
        call.Request(request);
        var made = continuation(request, context);
        return new AsyncServerStreamingCall<TResponse>(
            new ObservedResponses<TResponse>(made.ResponseStream, call), made.ResponseHeadersAsync, made.GetStatus, made.GetTrailers, () => Dispose(call, made));
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = Begin(context.Method);
        var made = continuation(context);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new CountedRequests<TRequest>(made.RequestStream, call),
            new ObservedResponses<TResponse>(made.ResponseStream, call),
            made.ResponseHeadersAsync,
            made.GetStatus,
            made.GetTrailers,
            () => Dispose(call, made));
    }

    private ObservedCall Begin(IMethod method) => new(method.FullName, instruments, time, ended => CallLog.Write(logger, "Made", ended));

    private static async Task<TResponse> ObserveAsync<TResponse>(Task<TResponse> answer, ObservedCall call)
        where TResponse : class
    {
        try
        {
            var response = await answer;
            call.Response(response);
            call.End(StatusCode.OK);
            return response;
        }
        catch (Exception error)
        {
            Fail(call, error);
            throw;
        }
    }

    private static void Fail(ObservedCall call, Exception error)
    {
        if (error is RpcException rpc)
        {
            call.Fail(rpc);
        }
        else
        {
            call.End(error is OperationCanceledException ? StatusCode.Cancelled : StatusCode.Unknown);
        }
    }

    /// <summary>A stream that is not read to its end was given up.</summary>
    private static void Dispose(ObservedCall call, IDisposable made)
    {
        made.Dispose();
        call.End(StatusCode.Cancelled);
    }

    /// <summary>The end of the responses is the end of the call.</summary>
    private sealed class ObservedResponses<T>(IAsyncStreamReader<T> inner, ObservedCall call) : IAsyncStreamReader<T>
        where T : class
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                if (await inner.MoveNext(cancellationToken))
                {
                    call.Response(inner.Current);
                    return true;
                }

                call.End(StatusCode.OK);
                return false;
            }
            catch (Exception error)
            {
                Fail(call, error);
                throw;
            }
        }
    }
}
