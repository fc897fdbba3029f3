namespace Ecosystem.AppHost.Local.Identity.Realms;

/// <summary>
/// Keycloak's "valid redirect URIs": exact text, or a prefix when the pattern ends in <c>*</c>. A pattern for
/// <c>http://localhost</c> or <c>http://127.0.0.1</c> without a port accepts any port (RFC 8252 section 7.3), as Keycloak does.
/// </summary>
internal sealed class RedirectPatterns(IReadOnlyList<string> patterns)
{
    private static readonly string[] LoopbackOrigins = ["http://localhost", "http://127.0.0.1"];

    public bool Allow(string? redirectUri)
    {
        if (redirectUri is null || !IsPlainAbsolute(redirectUri, out var uri))
            return false;
        return Matches(redirectUri) || (WithoutLoopbackPort(redirectUri, uri) is { } portless && Matches(portless));
    }

    // Whatever a browser could read differently than we do is refused: user info, fragments, dot segments, backslashes, control characters.
    private static bool IsPlainAbsolute(string text, out Uri uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri!)
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0
        && !text.Contains('#', StringComparison.Ordinal)
        && !text.Contains('\\', StringComparison.Ordinal)
        && !text.Any(char.IsControl)
        && !Uri.UnescapeDataString(text.Split('?')[0]).Split('/').Contains("..", StringComparer.Ordinal);

    private bool Matches(string redirectUri) => patterns.Any(pattern => Matches(pattern, redirectUri));

    private static bool Matches(string pattern, string redirectUri)
    {
        if (!pattern.EndsWith('*') || pattern.Contains('?', StringComparison.Ordinal))
            return string.Equals(pattern, redirectUri, StringComparison.Ordinal);

        var prefix = pattern[..^1];
        var path = redirectUri.Split('?')[0];
        return path.StartsWith(prefix, StringComparison.Ordinal)
            || (prefix.EndsWith('/') && string.Equals(prefix[..^1], path, StringComparison.Ordinal));
    }

    private static string? WithoutLoopbackPort(string redirectUri, Uri uri)
    {
        var origin = LoopbackOrigins.FirstOrDefault(loopback => string.Equals(loopback, $"{uri.Scheme}://{uri.Host}", StringComparison.Ordinal));
        var prefix = $"{origin}:{uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        return origin is not null && redirectUri.StartsWith(prefix, StringComparison.Ordinal) ? origin + redirectUri[prefix.Length..] : null;
    }
}
