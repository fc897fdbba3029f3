namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>Secrets that work once: authorization codes and refresh tokens. A second use is told apart from an unknown one.</summary>
internal sealed class OneTimeSecrets<T>(TimeProvider clock)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public string Issue(T value, TimeSpan lifetime)
    {
        var secret = Secrets.Create();
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var expired in _entries.Where(pair => pair.Value.Expires <= now).Select(pair => pair.Key).ToList())
                _entries.Remove(expired);
            _entries[Secrets.Fingerprint(secret)] = new Entry(value, now + lifetime);
        }

        return secret;
    }

    public Redemption<T> Redeem(string? secret)
    {
        if (secret is null)
            return new Redemption<T>(null, WasUsedBefore: false);
        lock (_gate)
        {
            if (!_entries.TryGetValue(Secrets.Fingerprint(secret), out var entry) || entry.Expires <= clock.GetUtcNow())
                return new Redemption<T>(null, WasUsedBefore: false);
            var usedBefore = entry.Used;
            entry.Used = true;
            return new Redemption<T>(entry.Value, usedBefore);
        }
    }

    /// <summary>Looks without using; a secret that was used already is not found.</summary>
    public T? Peek(string secret)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(Secrets.Fingerprint(secret), out var entry) && !entry.Used && entry.Expires > clock.GetUtcNow()
                ? entry.Value
                : null;
        }
    }

    private sealed class Entry(T value, DateTimeOffset expires)
    {
        public T Value { get; } = value;
        public DateTimeOffset Expires { get; } = expires;
        public bool Used { get; set; }
    }
}

/// <summary>What a one-time secret stood for; null when unknown or expired.</summary>
internal sealed record Redemption<T>(T? Value, bool WasUsedBefore)
    where T : class;
