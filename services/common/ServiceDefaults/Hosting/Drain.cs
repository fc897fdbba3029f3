using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>
/// Lets a process that was asked to stop go on answering until nobody sends it anything more. Readiness goes off first; every answer then
/// says <c>x-draining</c>, and over HTTP/1.1 closes its connection, so that whoever spreads the load turns away before the doors close.
/// What is under way when they do is finished (HTTP/2 connections end with GOAWAY).
/// </summary>
internal sealed class Drain(IOptions<DrainOptions> options, TimeProvider time) : IHostedLifecycleService, IHealthCheck, IStartupFilter
{
    public const string Header = "x-draining";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private volatile bool _isDraining;
    private long _lastRequest = time.GetTimestamp();

    /// <summary>Before anything is stopped: the host waits for this one.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var (pause, began) = (options.Value.Pause, time.GetTimestamp());
        if (pause == TimeSpan.Zero)
            return;

        _isDraining = true;
        while (time.GetElapsedTime(began) is var passed && (passed < pause || (IsAsked && passed < 3 * pause)) && !cancellationToken.IsCancellationRequested)
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDraining ? HealthCheckResult.Unhealthy("stopping; answers until nobody asks any more") : HealthCheckResult.Healthy());

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(next => context => Answer(context, next));
        next(app);
    };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsAsked => time.GetElapsedTime(Interlocked.Read(ref _lastRequest)) < Quiet;

    private Task Answer(HttpContext context, RequestDelegate next)
    {
        // Probes go on to the end, and say nothing about whether somebody still counts on this process.
        if (context.Request.Path != "/health" && context.Request.Path != "/alive")
        {
            Interlocked.Exchange(ref _lastRequest, time.GetTimestamp());
            if (_isDraining)
            {
                context.Response.Headers[Header] = "1";
                if (HttpProtocol.IsHttp11(context.Request.Protocol))
                    context.Response.Headers.Connection = "close";
            }
        }

        return next(context);
    }
}
