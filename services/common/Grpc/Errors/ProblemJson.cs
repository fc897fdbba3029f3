using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RpcStatus = Google.Rpc.Status;

namespace Ecosystem.Grpc;

/// <summary>
/// Errors as RFC 9457 problem details with the same content as google.rpc.Status: members <c>type</c>, <c>title</c>, <c>status</c>,
/// <c>detail</c>, <c>code</c> (name of the gRPC code), <c>reason</c>,
/// <c>violations[{field,problem,localizedProblem{locale,message}}]</c>,
/// <c>preconditions[{type,subject,problem}]</c>, <c>metadata</c>.
/// </summary>
public static class ProblemJson
{
    /// <summary>The media type (RFC 9457, section 6.1).</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The sentences are read by people in a terminal; nothing here is ever part of an HTML page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with an error of a call.</summary>
    /// <param name="context">The request to answer; its response must not have started.</param>
    /// <param name="error">The error.</param>
    /// <param name="httpStatus">The HTTP status when it is not the one of the code (413 for a body that is too large).</param>
    public static Task WriteAsync(HttpContext context, RpcException error, int? httpStatus = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        return WriteAsync(context, RichStatus.Of(error), httpStatus ?? HttpStatusOf(error.StatusCode));
    }

    /// <summary>Answers with an error that has an HTTP status and a sentence only.</summary>
    /// <param name="context">The request to answer; its response must not have started.</param>
    /// <param name="httpStatus">The HTTP status.</param>
    /// <param name="detail">The sentence.</param>
    public static Task WriteAsync(HttpContext context, int httpStatus, string detail)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WriteAsync(context, new RpcStatus { Code = (int)CodeOf(httpStatus), Message = detail }, httpStatus);
    }

    /// <summary>The HTTP status of a code (googleapis, google/rpc/code.proto).</summary>
    /// <param name="code">The code.</param>
    public static int HttpStatusOf(StatusCode code) => code switch
    {
        StatusCode.OK => 200,
        StatusCode.Cancelled => 499,
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.FailedPrecondition => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists or StatusCode.Aborted => 409,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        StatusCode.DeadlineExceeded => 504,
        _ => 500,
    };

    internal static void Write(IBufferWriter<byte> target, RpcStatus status, int httpStatus)
    {
        using var json = new Utf8JsonWriter(target, Readable);
        var info = RichStatus.Detail<ErrorInfo>(status);
        json.WriteStartObject();
        json.WriteString("type", string.IsNullOrEmpty(info?.Reason) ? "about:blank" : $"urn:ecosystem:problem:{Kebab(info.Reason)}");
        json.WriteString("title", TitleOf(httpStatus));
        json.WriteNumber("status", httpStatus);
        json.WriteString("detail", status.Message);
        json.WriteString("code", StatusCodeNames.Of((StatusCode)status.Code));
        if (!string.IsNullOrEmpty(info?.Reason))
        {
            json.WriteString("reason", info.Reason);
        }

        if (RichStatus.Detail<BadRequest>(status) is { FieldViolations.Count: > 0 } badRequest)
        {
            WriteViolations(json, badRequest);
        }

        if (RichStatus.Detail<PreconditionFailure>(status) is { Violations.Count: > 0 } unmet)
        {
            WritePreconditions(json, unmet);
        }

        if (info is { Metadata.Count: > 0 })
        {
            json.WriteStartObject("metadata");
            foreach (var (key, value) in info.Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, RpcStatus status, int httpStatus)
    {
        var response = context.Response;
        response.StatusCode = httpStatus;
        response.ContentType = ContentType;
        if (httpStatus == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            // RFC 6750, section 3.1: without a token no error code is given.
            response.Headers.WWWAuthenticate = context.Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        }

        if (RichStatus.Detail<RetryInfo>(status)?.RetryDelay is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.ToTimeSpan().TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var body = new ArrayBufferWriter<byte>(512);
        Write(body, status, httpStatus);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.ContentLength = body.WrittenCount;
            await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        }
    }

    private static void WriteViolations(Utf8JsonWriter json, BadRequest badRequest)
    {
        json.WriteStartArray("violations");
        foreach (var violation in badRequest.FieldViolations)
        {
            json.WriteStartObject();
            json.WriteString("field", violation.Field);
            json.WriteString("problem", violation.Description);
            if (violation.LocalizedMessage is { } localized)
            {
                json.WriteStartObject("localizedProblem");
                json.WriteString("locale", localized.Locale);
                json.WriteString("message", localized.Message);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePreconditions(Utf8JsonWriter json, PreconditionFailure unmet)
    {
        json.WriteStartArray("preconditions");
        foreach (var violation in unmet.Violations)
        {
            json.WriteStartObject();
            json.WriteString("type", violation.Type);
            json.WriteString("subject", violation.Subject);
            json.WriteString("problem", violation.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The phrase of the status: RFC 9457, section 4.2.1 wants it for <c>about:blank</c>, and <c>code</c> and <c>reason</c> say the rest.</summary>
    private static string TitleOf(int httpStatus) => httpStatus switch
    {
        499 => "Client Closed Request",
        _ => ReasonPhrases.GetReasonPhrase(httpStatus) is { Length: > 0 } phrase ? phrase : "Error",
    };

    private static StatusCode CodeOf(int httpStatus) => httpStatus switch
    {
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.NotFound,
        409 => StatusCode.Aborted,
        413 or 429 => StatusCode.ResourceExhausted,
        405 or 501 => StatusCode.Unimplemented,
        502 or 503 => StatusCode.Unavailable,
        504 => StatusCode.DeadlineExceeded,
        >= 400 and < 500 => StatusCode.InvalidArgument,
        _ => StatusCode.Internal,
    };

    private static string Kebab(string reason) => reason.ToLowerInvariant().Replace('_', '-');
}
