using Ecosystem.AppHost.Local.Identity.Realms;

namespace Ecosystem.AppHost.Local.Identity.Sessions;

/// <summary>Who is signed in. Kept in memory: after a restart people sign in again, while their access tokens stay valid until they expire.</summary>
internal sealed class SessionStore(Realm realm, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SignedInSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idByCookie = new(StringComparer.Ordinal);

    /// <summary>Starts a session. The cookie value is a secret of its own, because the id travels in tokens.</summary>
    public (SignedInSession Session, string Cookie) Start(Account account)
    {
        var session = new SignedInSession(Secrets.Create(), account, clock.GetUtcNow());
        var cookie = Secrets.Create();
        lock (_gate)
        {
            RemoveExpired();
            _byId[session.Id] = session;
            _idByCookie[Secrets.Fingerprint(cookie)] = session.Id;
        }

        return (session, cookie);
    }

    public SignedInSession? Find(string? id)
    {
        lock (_gate)
        {
            return id is not null && _byId.TryGetValue(id, out var session) && IsAlive(session) ? session : null;
        }
    }

    public SignedInSession? FindByCookie(string? cookie)
    {
        lock (_gate)
        {
            return cookie is not null && _idByCookie.TryGetValue(Secrets.Fingerprint(cookie), out var id) ? Find(id) : null;
        }
    }

    /// <summary>Notes that the session is in use, which moves its idle limit.</summary>
    public void Touch(SignedInSession session)
    {
        lock (_gate)
            session.LastUsed = clock.GetUtcNow();
    }

    public void End(string? id)
    {
        lock (_gate)
        {
            if (id is null || !_byId.Remove(id))
                return;
            foreach (var cookie in _idByCookie.Where(pair => pair.Value == id).Select(pair => pair.Key).ToList())
                _idByCookie.Remove(cookie);
        }
    }

    private bool IsAlive(SignedInSession session)
    {
        var now = clock.GetUtcNow();
        return now < session.SignedInAt + realm.SessionMaxLifetime && now < session.LastUsed + realm.SessionIdleTimeout;
    }

    private void RemoveExpired()
    {
        foreach (var expired in _byId.Values.Where(session => !IsAlive(session)).Select(session => session.Id).ToList())
            End(expired);
    }
}
