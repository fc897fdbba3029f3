using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Polly;
using Polly.Retry;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>Which methods of a channel are repeated, and how (gRFC A6), with Polly.</summary>
internal sealed class Retries(ChannelSettings channel)
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline?> _pipelines = new(StringComparer.Ordinal);

    public ResiliencePipeline? For(IMethod method) => channel.ServiceConfig is null
        ? null
        : _pipelines.GetOrAdd(method.FullName, static (_, state) => state.Self.Build(state.Method), (Self: this, Method: method));

    private ResiliencePipeline? Build(IMethod method)
    {
        var policy = channel.ServiceConfig!.MethodConfigs
            .SelectMany(config => config.Names, (config, name) => (config.RetryPolicy, Precision: Precision(name, method)))
            .Where(candidate => candidate.Precision >= 0)
            .OrderByDescending(candidate => candidate.Precision)
            .FirstOrDefault().RetryPolicy;
        if (policy is null)
        {
            return null;
        }

        var retryable = policy.RetryableStatusCodes.Count == 0 ? [StatusCode.Unavailable] : policy.RetryableStatusCodes.ToHashSet();
        return new ResiliencePipelineBuilder { TimeProvider = channel.Time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<RpcException>(e => retryable.Contains(e.StatusCode)),
                MaxRetryAttempts = Math.Max((policy.MaxAttempts ?? 5) - 1, 1),
                Delay = policy.InitialBackoff ?? TimeSpan.FromMilliseconds(100),
                MaxDelay = policy.MaxBackoff ?? TimeSpan.FromSeconds(5),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    private static int Precision(MethodName name, IMethod method) => (name.Service, name.Method) switch
    {
        (null or "", null or "") => 0,
        var (service, own) when service == method.ServiceName && string.IsNullOrEmpty(own) => 1,
        var (service, own) when service == method.ServiceName && own == method.Name => 2,
        _ => -1,
    };
}
