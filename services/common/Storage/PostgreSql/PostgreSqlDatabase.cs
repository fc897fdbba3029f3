using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>The connections to one database; any number of replicas of the service share it.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    public PostgreSqlDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.NoResetOnClose = true; // nothing here changes a session, and the reset costs as much as a read
        settings.IncludeFailedBatchedCommand = true; // tells which document violated a unique index
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 200; // statements are few and repeat
        Name = $"{settings.Host}:{settings.Port}/{settings.Database}"; // never the password
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>For messages to people.</summary>
    public string Name { get; }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A connection for whoever needs it longer than one call.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken ct) =>
        PostgreSqlErrors.ExplainAsync(Name, async () => await _source.OpenConnectionAsync(ct));

    public Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) => PostgreSqlErrors.ExplainAsync(Name, async () =>
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        return await work(connection);
    });

    /// <summary>Runs in one transaction.</summary>
    public Task<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) => RunAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var result = await work(connection);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }, ct);
}
