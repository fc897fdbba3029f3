using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>The field <c>etag</c> of AIP-154 as HTTP's <c>ETag</c>, <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110, sections 8.8.3 and 13.1).</summary>
internal static class EtagField
{
    public static string? FromIfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString().Trim();
        return header.Length == 0 || header == "*" ? null : Unquote(header);
    }

    /// <summary>Writes the <c>ETag</c>; true when the caller has the same already and needs no body.</summary>
    public static bool Write(HttpContext context, IMessage response, FieldDescriptor? field)
    {
        if (field?.Accessor.GetValue(response) is not string { Length: > 0 } etag || !etag.All(c => c is > ' ' and <= '~' and not '"'))
        {
            return false;
        }

        context.Response.Headers.ETag = $"\"{etag}\"";
        return (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && context.Request.Headers.IfNoneMatch.ToString().Split(',').Any(seen => Unquote(seen.Trim()) == etag);
    }

    private static string Unquote(string header)
    {
        var value = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        return value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
    }
}
