using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// The copies of a service that a name of the cluster's DNS stands for. A name without an address of its own (a headless Service of Kubernetes)
/// answers with the address of each copy that is ready, so the gateway spreads the load itself; left to the name, all requests of an HTTP/2
/// connection would go to the one copy that it was opened to. Names are asked again every five seconds.
/// </summary>
internal sealed partial class Copies(AskForAddresses ask, TimeProvider time, ILogger<Copies> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, IPAddress[]> _found = new(StringComparer.OrdinalIgnoreCase);
    private Signal _signal = new();

    /// <summary>Fires when a name that was asked for stands for other copies than before.</summary>
    public IChangeToken Changed => Volatile.Read(ref _signal).Token;

    /// <summary>The addresses of the copies, in order; none as long as nobody knows the name.</summary>
    public async ValueTask<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken ct) =>
        _found.TryGetValue(host, out var known) ? known : _found[host] = await AskAsync(host, ct) ?? [];

    public override void Dispose()
    {
        base.Dispose();
        _signal.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isChanged = false;
            foreach (var (host, before) in _found)
            {
                if (await AskAsync(host, stoppingToken) is { } now && !now.AsSpan().SequenceEqual(before))
                {
                    LogChange(logger, host, string.Join(", ", now.AsEnumerable()));
                    _found[host] = now;
                    isChanged = true;
                }
            }

            if (isChanged)
            {
                using var over = Interlocked.Exchange(ref _signal, new());
                over.Fire();
            }
        }
    }

    /// <summary>Null when the name is not known at present: what was known of it then still holds, because the copies may be there although the DNS is not.</summary>
    private async Task<IPAddress[]?> AskAsync(string host, CancellationToken ct)
    {
        try
        {
            // The clock of the system, whatever the time is set to: it is the DNS that is waited for.
            var found = await ask(host, ct).WaitAsync(Patience, ct);
            return found.Length == 0 ? null : [.. found.OrderBy(address => address.ToString(), StringComparer.Ordinal)];
        }
        catch (Exception unknown) when (unknown is SocketException or TimeoutException)
        {
            LogUnknown(logger, host, unknown.Message);
            return null;
        }
    }

    private sealed class Signal : IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public Signal() => Token = new CancellationChangeToken(_source.Token);

        public IChangeToken Token { get; }

        public void Fire() => _source.Cancel();

        public void Dispose() => _source.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "{Host} now stands for {Addresses}")]
    private static partial void LogChange(ILogger logger, string host, string addresses);

    [LoggerMessage(LogLevel.Debug, "The name {Host} is not known at present: {Detail}")]
    private static partial void LogUnknown(ILogger logger, string host, string detail);
}

/// <summary>Asks the DNS.</summary>
/// <returns>All addresses of the host.</returns>
/// <exception cref="SocketException">Nobody knows it.</exception>
internal delegate Task<IPAddress[]> AskForAddresses(string host, CancellationToken ct);
