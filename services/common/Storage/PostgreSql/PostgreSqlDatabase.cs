using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>The connections to one database; any number of replicas of the service share it.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    /// <summary>
    /// As long as the connection string names no other number. Two copies of three services then find room on a server that allows 100, as one
    /// does when nobody tells it otherwise. Callers beyond that wait for a connection here.
    /// </summary>
    public const int MostConnections = 16;

    private readonly NpgsqlDataSource _source;

    public PostgreSqlDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.NoResetOnClose = true; // nothing here changes a session, and the reset costs as much as a read
        settings.IncludeFailedBatchedCommand = true; // tells which document violated a unique index
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 200; // statements are few and repeat
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = MostConnections;
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
