using Ecosystem.Grpc.Telemetry;
using Ecosystem.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>Serves one method through the gRPC door; what differs by streaming kind is in the derived handlers.</summary>
internal abstract partial class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallSettings settings, TimeProvider time, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>Whether the caller may keep its side of the stream open and quiet.</summary>
    protected virtual bool StreamsRequests => false;

    public Task HandleAsync(HttpContext httpContext)
    {
        if (!HttpProtocol.IsHttp2(httpContext.Request.Protocol) && !HttpProtocol.IsHttp3(httpContext.Request.Protocol))
        {
            httpContext.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            httpContext.Response.Headers.Upgrade = "h2c";
            return Task.CompletedTask;
        }

        if (!GrpcHeaders.IsGrpcContentType(httpContext.Request.ContentType))
        {
            httpContext.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return ServeAsync(httpContext);
    }

    protected abstract Task InvokeAsync(GrpcCallContext context);

    private async Task ServeAsync(HttpContext httpContext)
    {
        LiftTransportLimits(httpContext);
        await using var context = new GrpcCallContext(httpContext, Method.FullName, settings, time);
        Status status;
        Metadata? trailers = null;
        try
        {
            context.ReadEncoding();
            await InvokeAsync(context);
            status = context.Status;
            trailers = context.HasTrailers ? context.ResponseTrailers : null;
        }
#pragma warning disable CA1031 // Whatever a handler throws becomes the status of its call; it is logged below.
        catch (Exception error)
#pragma warning restore CA1031
        {
            status = context.StatusOf(error, settings.DetailedErrors);
            trailers = TrailersOf(context, error);
            Report(status, error);
        }

        CallSpan.Describe(Method, status.StatusCode);
        if (!httpContext.RequestAborted.IsCancellationRequested)
        {
            context.End(status, trailers);
        }
    }

    private static Metadata? TrailersOf(GrpcCallContext context, Exception error)
    {
        if (error is not RpcException { Trailers.Count: > 0 } rpc)
        {
            return context.HasTrailers ? context.ResponseTrailers : null;
        }

        foreach (var entry in rpc.Trailers)
        {
            context.ResponseTrailers.Add(entry);
        }

        return context.ResponseTrailers;
    }

    private void LiftTransportLimits(HttpContext httpContext)
    {
        // Message limits are checked by the frame reader; a stream has no total size, and may be quiet.
        if (httpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (StreamsRequests && httpContext.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private void Report(Status status, Exception error)
    {
        if (error is RpcException || status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
        {
            LogEnded(Method.FullName, status.StatusCode);
        }
        else
        {
            LogFailed(error, Method.FullName);
        }
    }

    /// <summary>Without the sentence, which may repeat what the caller sent.</summary>
    [LoggerMessage(1, LogLevel.Debug, "{Method} ended with {Code}")]
    private partial void LogEnded(string method, StatusCode code);

    [LoggerMessage(2, LogLevel.Error, "{Method} failed unexpectedly")]
    private partial void LogFailed(Exception error, string method);
}
