using System.Diagnostics;
using Grpc.Core;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>
/// Says on the span that ASP.NET Core opened which method was served and how it ended
/// (opentelemetry.io/docs/specs/semconv/rpc/rpc-spans); nothing of what was said.
/// </summary>
internal static class CallSpan
{
    public static void Describe(IMethod method, StatusCode code)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
        {
            return;
        }

        span.SetTag("rpc.system.name", "grpc");
        span.SetTag("rpc.method", method.FullName.TrimStart('/'));
        span.SetTag("rpc.response.status_code", StatusCodeNames.Of(code));
    }
}
