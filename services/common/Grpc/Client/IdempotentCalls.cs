using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace Ecosystem.Grpc;

/// <summary>Which calls may be repeated without asking: those whose contract says that a second one changes nothing more.</summary>
public static class IdempotentCalls
{
    /// <summary>
    /// Repeats, after UNAVAILABLE and up to four attempts in all, the methods of a service that declare an <c>idempotency_level</c>
    /// or are reached by GET (RFC 9110, section 9.2.2). No other method is repeated.
    /// </summary>
    /// <param name="services">The services.</param>
    public static ServiceConfig Repeat(params IEnumerable<ServiceDescriptor> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var config = new ServiceConfig();
        foreach (var method in services.SelectMany(s => s.Methods).Where(IsIdempotent))
        {
            config.MethodConfigs.Add(new MethodConfig
            {
                Names = { new MethodName { Service = method.Service.FullName, Method = method.Name } },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 4,
                    InitialBackoff = TimeSpan.FromMilliseconds(100),
                    MaxBackoff = TimeSpan.FromSeconds(2),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            });
        }

        return config;
    }

    private static bool IsIdempotent(MethodDescriptor method) =>
        method.GetOptions() is { } options
        && (options.IdempotencyLevel != MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown
            || options.GetExtension(AnnotationsExtensions.Http)?.PatternCase == HttpRule.PatternOneofCase.Get);
}
