using System.Text.Encodings.Web;
using System.Text.Json;
using Ecosystem.Grpc.Server.Binding;
using Ecosystem.Grpc.Telemetry;
using Ecosystem.Grpc.Transcoding.Json;
using Ecosystem.Grpc.Transcoding.Rules;
using Ecosystem.Grpc.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>Serves one REST mapping of a method, through the same interceptors and handler as its gRPC door.</summary>
internal sealed partial class RestCallHandler(BoundMethod method, RestRule rule, RoutePath path, WellKnownJson wellKnown, TimeProvider time, ILogger logger)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly RequestBinder _binder = new(rule, path, wellKnown, method.Settings.MaxReceiveMessageSize);
    private readonly FieldDescriptor? _etag = EtagRule.InResponse(rule.Method);

    public async Task HandleAsync(HttpContext httpContext)
    {
        await using var context = new RestCallContext(httpContext, method.Method.FullName, time);
        try
        {
            var request = await _binder.BindAsync(httpContext, context.CancellationToken);
            if (method.Unary is { } unary)
            {
                await AnswerAsync(context, await unary(request, context));
            }
            else
            {
                await new RestResponseStream(context, message => Serialize(message), FailureOf).ServeAsync(request, method.ServerStreaming!);
            }

            CallSpan.Describe(method.Method, StatusCode.OK);
        }
        catch (RequestBody.RefusedException refused)
        {
            CallSpan.Describe(method.Method, refused.Error.StatusCode);
            await ProblemJson.WriteAsync(httpContext, refused.Error, refused.HttpStatus);
        }
#pragma warning disable CA1031 // Whatever a handler throws becomes the answer of its call; FailureOf logs it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = FailureOf(context, error);
            CallSpan.Describe(method.Method, failure.StatusCode);
            if (!httpContext.RequestAborted.IsCancellationRequested && !httpContext.Response.HasStarted)
            {
                context.WriteTrailersAsHeaders();
                await ProblemJson.WriteAsync(httpContext, failure);
            }
        }
    }

    private async Task AnswerAsync(RestCallContext context, IMessage response)
    {
        if (context.Status.StatusCode != StatusCode.OK)
        {
            throw new RpcException(context.Status);
        }

        context.WriteTrailersAsHeaders();
        var http = context.HttpContext.Response;
        if (EtagField.Write(context.HttpContext, response, _etag))
        {
            http.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        using var body = Serialize(response);
        http.ContentType = "application/json";
        http.ContentLength = body.WrittenCount;
        await http.BodyWriter.WriteAsync(body.WrittenMemory, context.CancellationToken);
    }

    private PooledBufferWriter Serialize(IMessage response)
    {
        var body = new PooledBufferWriter(4096);
        using var json = new Utf8JsonWriter(body, WriterOptions);
        var writer = new JsonMessageWriter(json, wellKnown.Formatter);
        if (rule.ResponseField is null)
        {
            writer.Write(response);
        }
        else
        {
            writer.Write(response, rule.ResponseField);
        }

        json.Flush();
        return body;
    }

    private RpcException FailureOf(RestCallContext context, Exception error)
    {
        if (error is RpcException rpc)
        {
            LogEnded(method.Method.FullName, rpc.StatusCode);
            return rpc;
        }

        var status = context.StatusOf(error, method.Settings.DetailedErrors);
        if (status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
        {
            LogEnded(method.Method.FullName, status.StatusCode);
        }
        else
        {
            LogFailed(error, method.Method.FullName);
        }

        return new RpcException(status);
    }

    /// <summary>Without the sentence, which may repeat what the caller sent.</summary>
    [LoggerMessage(1, LogLevel.Debug, "{Method} over REST ended with {Code}")]
    private partial void LogEnded(string method, StatusCode code);

    [LoggerMessage(2, LogLevel.Error, "{Method} over REST failed unexpectedly")]
    private partial void LogFailed(Exception error, string method);
}
