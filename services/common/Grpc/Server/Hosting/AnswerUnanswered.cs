using System.Globalization;
using Ecosystem.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Server.Hosting;

/// <summary>
/// Gives an error that nobody gave a body (no such path, wrong verb, refused token) the form its caller reads:
/// a status for gRPC, problem+json for REST. Sits before everything else, so that it sees every answer.
/// </summary>
internal sealed class AnswerUnanswered : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            await rest(context);
            if (IsUnanswered(context.Response) && !context.RequestAborted.IsCancellationRequested)
            {
                await AnswerAsync(context);
            }
        });
        next(app);
    };

    private static bool IsUnanswered(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    private static Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        var http = response.StatusCode;
        if (!GrpcHeaders.IsGrpcContentType(context.Request.ContentType) || http == StatusCodes.Status426UpgradeRequired)
        {
            return ProblemJson.WriteAsync(context, http, Sentence(context, http));
        }

        var code = HttpStatusMapping.ToGrpc(http);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcHeaders.ContentType;
        response.Headers[GrpcHeaders.Status] = ((int)code).ToString(CultureInfo.InvariantCulture);
        response.Headers[GrpcHeaders.Message] = PercentEncoding.Encode(
            code == StatusCode.Unimplemented ? $"The method {context.Request.Path} is not offered here." : Sentence(context, http));
        return Task.CompletedTask;
    }

    private static string Sentence(HttpContext context, int http) => http switch
    {
        401 => "A valid bearer token is needed.",
        403 => "The caller may not do this.",
        404 => $"There is nothing at {context.Request.Path}.",
        405 => $"{context.Request.Path} cannot be reached by {context.Request.Method}; allowed: {context.Response.Headers.Allow}.",
        413 => "The request body is too large.",
        415 => $"The content type '{context.Request.ContentType}' is not understood here.",
        426 => "gRPC needs HTTP/2; ask the port for gRPC.",
        429 => "Too many requests; try again later.",
        _ => $"The request ended with status {http.ToString(CultureInfo.InvariantCulture)}.",
    };
}
