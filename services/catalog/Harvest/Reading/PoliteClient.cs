using System.Net;
using Ecosystem.ServiceDefaults.Outgoing;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>
/// Reads pages of strangers: only http and https, no private networks, within time and size, following few redirects, and only where the
/// site lets programs read. Names are resolved once and the connection goes to the address that was judged.
/// </summary>
internal sealed class PoliteClient : IDisposable
{
    public const string Program = "Ecosystem-Catalog";

    private const int MaxRedirects = 5;
    private const int MaxRobotsBytes = 500 * 1024;

    private readonly HarvestOptions _options;
    private readonly HttpMessageInvoker _http;

    public PoliteClient(IOptions<HarvestOptions> options)
    {
        _options = options.Value;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, ct) => PublicAddresses.ConnectAsync(context.DnsEndPoint, _options.AllowPrivateAddresses, ct),
        });
    }

    /// <exception cref="HarvestFailedException">The page cannot or must not be read.</exception>
    public async Task<PageAnswer> GetAsync(Uri address, string? etag, Dictionary<string, RobotRules> robots, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.PageTimeout);
        try
        {
            Uri target = address;
            for (int redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                await RefuseUnlessAllowedAsync(target, robots, limit.Token);
                using HttpResponseMessage answer = await SendAsync(target, etag, limit.Token);
                if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location)
                {
                    target = new Uri(target, location);
                    continue;
                }

                return await ReadAsync(target, answer, limit.Token);
            }

            throw new HarvestFailedException($"{address} redirects more than {MaxRedirects} times.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HarvestFailedException($"{address} did not answer in full within {_options.PageTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new HarvestFailedException(failure.InnerException is PrivateAddressException
                ? $"{address} leads into a private network, which is not read."
                : $"{address} cannot be read: {failure.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri target, string? etag, CancellationToken ct)
    {
        if (target.Scheme is not ("http" or "https"))
        {
            throw new HarvestFailedException($"{target} is not an http or https address.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.UserAgent.ParseAdd($"{Program}/1.0");
        request.Headers.Accept.ParseAdd("text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7");
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        return await _http.SendAsync(request, ct);
    }

    private async Task<PageAnswer> ReadAsync(Uri target, HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            return new PageAnswer(target, IsModified: false, string.Empty, null, null, []);
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new HarvestFailedException($"{target} answers with status {(int)answer.StatusCode}.");
        }

        string text = await ReadTextAsync(target, answer, _options.MaxPageBytes, ct);
        string[] links = answer.Headers.TryGetValues("Link", out IEnumerable<string>? values) ? [.. values] : [];
        return new PageAnswer(target, IsModified: true, text, answer.Content.Headers.ContentType?.MediaType, answer.Headers.ETag?.ToString(), links);
    }

    private static async Task<string> ReadTextAsync(Uri target, HttpResponseMessage answer, int most, CancellationToken ct)
    {
        await using Stream stream = await answer.Content.ReadAsStreamAsync(ct);
        using var text = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (text.Length + read > most)
            {
                throw new HarvestFailedException($"{target} is larger than {most / 1024 / 1024.0:0.#} MiB.");
            }

            text.Write(buffer, 0, read);
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF');
    }

    private async Task RefuseUnlessAllowedAsync(Uri target, Dictionary<string, RobotRules> robots, CancellationToken ct)
    {
        string site = target.GetLeftPart(UriPartial.Authority);
        if (!robots.TryGetValue(site, out RobotRules? rules))
        {
            robots[site] = rules = await RobotsOfAsync(site, ct);
        }

        if (!rules.Allows(target.PathAndQuery))
        {
            throw new HarvestFailedException($"{site}/robots.txt does not allow {Program} to read {target.PathAndQuery}.");
        }
    }

    /// <summary>A site without rules may be read; one whose rules cannot be had just now may not (RFC 9309, section 2.3.1).</summary>
    private async Task<RobotRules> RobotsOfAsync(string site, CancellationToken ct)
    {
        using HttpResponseMessage answer = await SendAsync(new Uri(site + "/robots.txt"), etag: null, ct);
        return (int)answer.StatusCode switch
        {
            >= 500 => throw new HarvestFailedException($"{site}/robots.txt answers with status {(int)answer.StatusCode}; until it can be read, nothing is."),
            >= 300 => RobotRules.None,
            _ => RobotRules.Read(await ReadTextAsync(new Uri(site), answer, MaxRobotsBytes, ct), Program),
        };
    }
}

/// <summary>A page as it was answered.</summary>
/// <param name="Address">Where it was found, after redirects.</param>
/// <param name="IsModified">False when the source says that it is as it was.</param>
/// <param name="Text">Its text.</param>
/// <param name="MediaType">How it is written.</param>
/// <param name="Etag">Its validator.</param>
/// <param name="Links">Its Link headers.</param>
internal sealed record PageAnswer(Uri Address, bool IsModified, string Text, string? MediaType, string? Etag, IReadOnlyList<string> Links);
