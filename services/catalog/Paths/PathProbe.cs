using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Outgoing;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using State = Ecosystem.Catalog.V1.Reachability.Types.State;

namespace Ecosystem.Catalog.Paths;

/// <summary>
/// Asks whether somebody answers at a path. It sends no token, follows no redirect, and reads no body: the data are none of its business.
/// The name is resolved once and the connection goes to the address that was judged, so that a name cannot change its mind in between.
/// </summary>
internal sealed class PathProbe : IDisposable
{
    private const int MaxHeaderKiB = 16;

    private readonly ProbeOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public PathProbe(IOptions<ProbeOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = MaxHeaderKiB,
            PooledConnectionLifetime = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, ct) => PublicAddresses.ConnectAsync(context.DnsEndPoint, _options.AllowPrivateAddresses, ct),
        });
    }

    public async Task<Reachability> AskAsync(string address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("Ecosystem-Catalog");
            using HttpResponseMessage answer = await _http.SendAsync(request, limit.Token);
            return (int)answer.StatusCode < 500
                ? Found(State.Reachable)
                : Found(State.Unreachable, $"It answers with failure {(int)answer.StatusCode}.", $"Die Adresse antwortet mit Fehler {(int)answer.StatusCode}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Found(State.Unreachable, $"No answer within {_options.Timeout.TotalSeconds:0} seconds.", $"Keine Antwort binnen {_options.Timeout.TotalSeconds:0} Sekunden.");
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException is PrivateAddressException
                ? Found(State.NotTried, "The address lies in a private network.", "Die Adresse liegt in einem privaten Netz.")
                : Found(State.Unreachable, ReasonOf(failure).English, ReasonOf(failure).German);
        }
    }

    public void Dispose() => _http.Dispose();

    private static (string English, string German) ReasonOf(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => ("The name is not known.", "Der Name ist nicht bekannt."),
        HttpRequestError.SecureConnectionError => ("No secure connection could be made; the certificate may be wrong.", "Keine sichere Verbindung; vielleicht stimmt das Zertifikat nicht."),
        HttpRequestError.ConnectionError => ("No connection could be made.", "Es kam keine Verbindung zustande."),
        _ => ("What answers there does not speak HTTP.", "Was dort antwortet, spricht kein HTTP."),
    };

    private Reachability Found(State state, string? english = null, string? german = null) => new()
    {
        State = state,
        CheckTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()),
        Reason = english is null ? null : new LocalizedText { Values = { ["en"] = english, ["de"] = german } },
    };
}
