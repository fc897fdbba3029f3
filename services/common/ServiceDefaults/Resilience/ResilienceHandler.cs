using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Ecosystem.ServiceDefaults.Resilience;

/// <summary>
/// Repeats a request that found nobody, or a server that asked to come back later, up to three times with growing, jittered
/// pauses; never one whose effect could happen twice. Each attempt has ten seconds.
/// </summary>
internal sealed class ResilienceHandler(TimeProvider time) : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TimeoutRejectedException>()
                .HandleResult(answer => answer.StatusCode
                    is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout),
            OnRetry = retry =>
            {
                retry.Outcome.Result?.Dispose();
                return default;
            },
        })
        .AddTimeout(TimeSpan.FromSeconds(10))
        .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsSafeToRepeat(request)
            ? await _pipeline.ExecuteAsync(async ct => await base.SendAsync(request, ct), cancellationToken)
            : await base.SendAsync(request, cancellationToken);

    /// <summary>RFC 9110 section 9.2.1; a body could be read only once.</summary>
    private static bool IsSafeToRepeat(HttpRequestMessage request) =>
        request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options);
}

internal static class ResilienceExtensions
{
    public static void AddResilientHttpClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddTransient<ResilienceHandler>();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler<ResilienceHandler>());
    }
}
