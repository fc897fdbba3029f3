using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Catalog.Rules;

/// <summary>Answers a GET or HEAD with a text that may be kept, but is asked for again each time: ETag saves reading the same twice (RFC 9110, section 13).</summary>
internal static class RevalidatedAnswer
{
    public static async Task WriteAsync(HttpContext context, byte[] body, string contentType)
    {
        ResponseHeaders headers = context.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"");
        headers.CacheControl = new CacheControlHeaderValue { Public = true, NoCache = true };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(headers.ETag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = contentType + "; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
