using System.Net.Http.Headers;

namespace Ecosystem.SystemTests;

/// <summary>Signs in anew every minute, because a token lives for five and a busy machine takes its time.</summary>
internal sealed class RenewedToken(Func<Task<HttpClient>> signIn, HttpMessageHandler next) : DelegatingHandler(next)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _turn = new(1);
    private AuthenticationHeaderValue? _token;
    private long _since;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_token is null || TimeProvider.System.GetElapsedTime(_since) > Age)
            {
                using var person = await signIn();
                (_token, _since) = (person.DefaultRequestHeaders.Authorization, TimeProvider.System.GetTimestamp());
            }

            request.Headers.Authorization = _token;
        }
        finally
        {
            _turn.Release();
        }

        return await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _turn.Dispose();
        base.Dispose(disposing);
    }
}
