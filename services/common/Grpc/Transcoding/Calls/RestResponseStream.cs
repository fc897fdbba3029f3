using System.Buffers;
using Ecosystem.Grpc.Wire;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>
/// The responses of a streaming method as newline-delimited JSON or, when the caller accepts <c>text/event-stream</c>, as
/// Server-Sent Events (HTML standard, section 9.2). A failure before the first response is a plain problem; a later one is the
/// last line <c>{"error":{…}}</c>, or the event <c>error</c>.
/// </summary>
internal sealed class RestResponseStream(
    RestCallContext context, Func<IMessage, PooledBufferWriter> serialize, Func<RestCallContext, Exception, RpcException> failureOf)
{
    private readonly HttpResponse _response = context.HttpContext.Response;
    private readonly bool _asEvents = context.HttpContext.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
    private bool _hasBegun;

    public async Task ServeAsync(IMessage request, Func<IMessage, Server.Binding.MessageSink, ServerCallContext, Task> handler)
    {
        try
        {
            await handler(request, WriteAsync, context);
            if (context.Status.StatusCode != StatusCode.OK)
            {
                throw new RpcException(context.Status);
            }

            Begin();
            await _response.BodyWriter.FlushAsync(context.CancellationToken);
        }
        catch (Exception error) when (_hasBegun && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            await WriteFailureAsync(failureOf(context, error));
        }
    }

    private async Task WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        Begin();
        using var json = serialize(message);
        var writer = _response.BodyWriter;
        if (_asEvents)
        {
            writer.Write("data: "u8);
        }

        writer.Write(json.WrittenSpan);
        writer.Write(_asEvents ? "\n\n"u8 : "\n"u8);
        var flushed = await writer.FlushAsync(cancellationToken.CanBeCanceled ? cancellationToken : context.CancellationToken);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new OperationCanceledException(context.HttpContext.RequestAborted);
        }
    }

    private void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _response.ContentType = _asEvents ? "text/event-stream" : "application/x-ndjson";
        _response.Headers.CacheControl = "no-store";
        context.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task WriteFailureAsync(RpcException failure)
    {
        var writer = _response.BodyWriter;
        writer.Write(_asEvents ? "event: error\ndata: "u8 : "{\"error\":"u8);
        ProblemJson.Write(writer, RichStatus.Of(failure), ProblemJson.HttpStatusOf(failure.StatusCode));
        writer.Write(_asEvents ? "\n\n"u8 : "}\n"u8);
        await writer.FlushAsync(context.HttpContext.RequestAborted);
    }
}
