namespace Ecosystem.Storage.PostgreSql;

internal sealed class PostgreSqlInbox(PostgreSqlDatabase database) : IInbox
{
    public Task<bool> ContainsAsync(EventKey key, CancellationToken ct) => database.RunAsync(async connection =>
        await connection.ScalarAsync("SELECT 1 FROM inbox WHERE source = $1 AND id = $2", ct, key.Source, key.Id) is not null, ct);

    public Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct) => database.RunAsync(connection =>
        connection.ExecuteAsync("DELETE FROM inbox WHERE received < $1", ct, moment.ToUnixTimeMilliseconds()), ct);
}
