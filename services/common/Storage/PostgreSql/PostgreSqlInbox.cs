using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

internal sealed class PostgreSqlInbox(PostgreSqlDatabase database) : IInbox
{
    /// <summary>Those of <c>$1</c>, <c>$2</c> that were received, for <see cref="Key"/>.</summary>
    public const string Known = "SELECT source, id FROM inbox WHERE (source, id) IN (SELECT * FROM unnest($1, $2))";

    public static EventKey Key(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1));

    public Task<bool> ContainsAsync(EventKey key, CancellationToken ct) => database.RunAsync(async connection =>
        await connection.ScalarAsync("SELECT 1 FROM inbox WHERE source = $1 AND id = $2", ct, key.Source, key.Id) is not null, ct);

    public Task<IReadOnlySet<EventKey>> KnownAsync(IReadOnlyCollection<EventKey> keys, CancellationToken ct) => database.RunAsync(async connection =>
        (IReadOnlySet<EventKey>)(await connection.RowsAsync(
            Known, Key, ct, keys.Select(key => key.Source).ToArray(), keys.Select(key => key.Id).ToArray())).ToHashSet(), ct);

    public Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct) => database.RunAsync(connection =>
        connection.ExecuteAsync("DELETE FROM inbox WHERE received < $1", ct, moment.ToUnixTimeMilliseconds()), ct);
}
