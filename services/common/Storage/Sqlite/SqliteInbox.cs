namespace Ecosystem.Storage.Sqlite;

internal sealed class SqliteInbox(SqliteDatabase database) : IInbox
{
    public Task<bool> ContainsAsync(EventKey key, CancellationToken ct) => database.ReadAsync(
        session => session.Scalar("SELECT 1 FROM inbox WHERE source = $1 AND id = $2", key.Source, key.Id) is not null, ct);

    public Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct) => database.WriteAsync(
        session => session.Execute("DELETE FROM inbox WHERE received < $1", moment.ToUnixTimeMilliseconds()), ct);
}
