using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>
/// The good token that came last over a connection. Kestrel gives a header that is the same as in the request before as the same string, so a
/// caller who goes on asking is known without hashing his token again. Of HTTP/1.1 only, where the requests of a connection come one after the
/// other; over HTTP/2 many callers may share a connection at once.
/// </summary>
internal sealed record LastToken(string Header, RememberedTokens.Known Known)
{
    private static readonly object Place = new();

    /// <summary>What is known of the token in a header, when it is the very one that came last.</summary>
    public static RememberedTokens.Known? Find(HttpContext context, string header) =>
        ItemsOf(context) is { } items && items.TryGetValue(Place, out var kept) && kept is LastToken last && ReferenceEquals(last.Header, header) ? last.Known : null;

    /// <summary>Remembers it for the next request of the connection, if that can be.</summary>
    public static void Keep(HttpContext context, string header, RememberedTokens.Known known)
    {
        if (ItemsOf(context) is { } items)
            items[Place] = new LastToken(header, known);
    }

    private static IDictionary<object, object?>? ItemsOf(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) ? context.Features.Get<IConnectionItemsFeature>()?.Items : null;
}
