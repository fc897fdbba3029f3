using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Refusals;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Edge;

/// <summary>One token bucket per client, so that one eager client cannot take the door from the others.</summary>
internal static class ClientRateLimit
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static void AddClientRateLimit(this WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>((limiter, gateway) =>
        {
            var limit = gateway.Value.RateLimit;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsProbe(context.Request)
                ? RateLimitPartition.GetNoLimiter("probe")
                : RateLimitPartition.GetTokenBucketLimiter(KeyOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = limit.Burst, TokensPerPeriod = limit.PerSecond, ReplenishmentPeriod = Period, AutoReplenishment = true,
                }));
            limiter.OnRejected = async (rejected, _) =>
                await GatewayRefusals.TooManyRequests(RetryAfter(rejected.Lease)).WriteAsync(rejected.HttpContext);
        });
    }

    /// <summary>The person or service account with its client, else the network address.</summary>
    internal static string KeyOf(HttpContext context) =>
        context.User.FindFirstValue("sub") is { } subject
            ? $"token {context.User.FindFirstValue("azp")} {subject}"
            : $"address {NetworkOf(context.Connection.RemoteIpAddress)}";

    // With IPv6 one customer owns a whole /64, so a single address says nothing.
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } && !IPAddress.IsLoopback(address)
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) + "/64"
            : address?.ToString() ?? "unknown";
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > Period ? wait : Period;

    private static bool IsProbe(HttpRequest request) => request.Path == "/health" || request.Path == "/alive";
}
