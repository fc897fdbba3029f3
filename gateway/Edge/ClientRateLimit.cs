using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Refusals;
using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Edge;

/// <summary>
/// One token bucket per client, so that one eager client cannot take the door from the others. Asked at once and never queued, so unlike ASP.NET
/// Core's limiter it adds no asynchronous step to every request.
/// </summary>
internal sealed class ClientRateLimit : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter;
    private readonly RequestDelegate _next;

    public ClientRateLimit(RequestDelegate next, IOptions<GatewayOptions> options)
    {
        _next = next;
        var limit = options.Value.RateLimit;
        var bucket = new TokenBucketRateLimiterOptions { TokenLimit = limit.Burst, TokensPerPeriod = limit.PerSecond, ReplenishmentPeriod = Period, AutoReplenishment = true };
        Func<Client, TokenBucketRateLimiterOptions> everyBucket = _ => bucket;
        _limiter = PartitionedRateLimiter.Create<HttpContext, Client>(context => RateLimitPartition.GetTokenBucketLimiter(Client.Of(context), everyBucket));
    }

    public Task InvokeAsync(HttpContext context) =>
        !IsProbe(context.Request) && WaitBefore(context) is { } wait ? GatewayRefusals.TooManyRequests(wait).WriteAsync(context) : _next(context);

    public void Dispose() => _limiter.Dispose();

    // With IPv6 one customer owns a whole /64, so a single address says nothing.
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } && !IPAddress.IsLoopback(address)
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) + "/64"
            : address?.ToString() ?? "unknown";
    }

    /// <summary>For how long the client is to wait; null when it may ask now.</summary>
    private TimeSpan? WaitBefore(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > Period ? wait : Period;
    }

    private static bool IsProbe(HttpRequest request) => request.Path == "/health" || request.Path == "/alive";

    /// <summary>The person or service account with its client, else the network it comes from.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Client(string? Subject, string? App, string? Network)
    {
        public static Client Of(HttpContext context) =>
            context.User.FindFirstValue("sub") is { } subject
                ? new(subject, context.User.FindFirstValue("azp"), Network: null)
                : new(Subject: null, App: null, NetworkOf(context.Connection.RemoteIpAddress));
    }
}
