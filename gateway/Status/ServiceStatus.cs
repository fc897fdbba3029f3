using System.Net;
using Ecosystem.Gateway.Configuration;
using Ecosystem.ServiceDefaults.Discovery;
using Microsoft.Extensions.Options;

namespace Ecosystem.Gateway.Status;

/// <summary>Asks every service how it is, at the moment somebody wants to know.</summary>
internal sealed class ServiceStatus(ServiceAddresses addresses, IOptionsMonitor<GatewayOptions> options) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Not a client of the factory: those retry, and a retry would hide what is asked for.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseProxy = false });

    public Task<ServiceHealth[]> ReadAsync(CancellationToken ct) => Task.WhenAll(options.CurrentValue.Services
        .OrderBy(service => service.Value.Order)
        .ThenBy(service => service.Key, StringComparer.Ordinal)
        .Select(async service => new ServiceHealth(service.Key, service.Value, await AskAsync(service.Key, ct))));

    /// <summary>As well as the best of its copies: one is enough to answer.</summary>
    public async Task<Health> AskAsync(string service, CancellationToken ct) =>
        (await Task.WhenAll(addresses.Http(service).Select(copy => AskCopyAsync(copy, ct)))).Min();

    private async Task<Health> AskCopyAsync(Uri copy, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(copy, "/health"));
            using var answer = await _http.SendAsync(request, patience.Token);
            return answer.StatusCode == HttpStatusCode.OK ? Health.Good : Health.Unwell;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Health.Unreachable;
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>From good to bad.</summary>
internal enum Health
{
    Good,

    /// <summary>It answers, and says itself that it cannot work.</summary>
    Unwell,

    Unreachable,
}

internal sealed record ServiceHealth(string Name, ServiceDescription Description, Health Health);
