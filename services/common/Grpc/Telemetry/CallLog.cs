using Microsoft.Extensions.Logging;

namespace Ecosystem.Grpc.Telemetry;

/// <summary>
/// One line for each ended call: which method, how it ended, how long it took, how many messages. Never what they said, who called, or a token.
/// Failures of this side are warnings, refusals information, all else is for debugging.
/// </summary>
internal static partial class CallLog
{
    public static void Write(ILogger logger, string door, ObservedCall call)
    {
        var level = call.IsError ? LogLevel.Warning : call.Code == global::Grpc.Core.StatusCode.OK ? LogLevel.Debug : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            LogEnded(
                logger, level, door, call.Method, StatusCodeNames.Of(call.Code), call.Reason, Math.Round(call.Duration.TotalMilliseconds, 3), call.Requests, call.Responses);
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Door} {Method} ended with {Code} {Reason} after {Milliseconds} ms, {Requests} requests, {Responses} responses")]
    private static partial void LogEnded(
        ILogger logger, LogLevel level, string door, string method, string code, string reason, double milliseconds, int requests, int responses);
}
