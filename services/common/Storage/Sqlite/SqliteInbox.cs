namespace Ecosystem.Storage.Sqlite;

internal sealed class SqliteInbox(SqliteDatabase database) : IInbox
{
    public Task<bool> ContainsAsync(EventKey key, CancellationToken ct) => database.ReadAsync(
        session => IsKnown(session, key), ct);

    public Task<IReadOnlySet<EventKey>> KnownAsync(IReadOnlyCollection<EventKey> keys, CancellationToken ct) => database.ReadAsync(
        session => (IReadOnlySet<EventKey>)keys.Where(key => IsKnown(session, key)).ToHashSet(), ct);

    public Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct) => database.WriteAsync(
        session => session.Execute("DELETE FROM inbox WHERE received < $1", moment.ToUnixTimeMilliseconds()), ct);

    private static bool IsKnown(SqliteSession session, EventKey key) =>
        session.Scalar("SELECT 1 FROM inbox WHERE source = $1 AND id = $2", key.Source, key.Id) is not null;
}
