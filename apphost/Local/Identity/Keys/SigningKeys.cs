namespace Ecosystem.AppHost.Local.Identity.Keys;

/// <summary>
/// The key ring: signs with the newest key, replaces it after <see cref="RotationInterval"/>, and keeps publishing the old ones
/// for as long as anything they signed can still be presented.
/// </summary>
internal sealed class SigningKeys(SigningKeyFile file, TimeProvider clock, TimeSpan longestTokenLifetime)
{
    public static readonly TimeSpan RotationInterval = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private List<SigningKey>? _keys;

    public SigningKey Current => Published[0];

    /// <summary>Newest first; what the JWKS document lists.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            lock (_gate)
            {
                var now = clock.GetUtcNow();
                var known = _keys ?? [.. file.Read().OrderByDescending(key => key.Created)];
                var kept = known.Where((key, index) => index == 0 || now < known[index - 1].Created + longestTokenLifetime).ToList();
                if (kept.Count == 0 || now - kept[0].Created >= RotationInterval)
                    kept.Insert(0, SigningKey.Create(now));
                if (_keys is null || kept.Count != _keys.Count || kept[0] != _keys[0])
                    file.Write(kept);
                return _keys = kept;
            }
        }
    }
}
