using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Documents as jsonb: one table per type, beside them the outbox and the inbox, so that one transaction covers all.</summary>
internal sealed class PostgreSqlEngine : IStorageEngine, IDisposable
{
    private const int Attempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _opening = new(1);
    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlSchema _schema;
    private readonly OutboxSignal _signal;
    private readonly TimeProvider _time;
    private readonly PostgreSqlCommitGroups _commits;
    private bool _isOpen;

    public PostgreSqlEngine(PostgreSqlDatabase database, PostgreSqlSchema schema, OutboxSignal signal, TimeProvider time)
    {
        (_database, _schema, _signal, _time) = (database, schema, signal, time);
        _commits = new PostgreSqlCommitGroups((changes, ct) => CommitAsync(changes, attempt: 1, ct));
    }

    public bool IsShared => true;

    public async Task OpenAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _isOpen))
            return;

        await _opening.WaitAsync(ct);
        try
        {
            if (!_isOpen)
                await _schema.BringUpToDateAsync(ct);
            Volatile.Write(ref _isOpen, value: true);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async Task<StoredDocument?> FindAsync(DocumentType type, string id, CancellationToken ct)
    {
        await OpenAsync(ct);
        var rows = await _database.RunAsync(
            connection => connection.RowsAsync(PostgreSqlStatements.Of(type).Find, PostgreSqlStatements.Document, ct, id), ct);
        return rows.FirstOrDefault();
    }

    public async Task<IReadOnlyList<StoredDocument>> FindManyAsync(DocumentType type, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await OpenAsync(ct);
        return await _database.RunAsync(
            connection => connection.RowsAsync(PostgreSqlStatements.Of(type).FindMany, PostgreSqlStatements.Document, ct, (object)ids.ToArray()), ct); // one argument that is an array, not an array of arguments
    }

    public async Task<StoredPage> FindAsync(DocumentType type, StoredQuery query, CancellationToken ct)
    {
        await OpenAsync(ct);
        return await _database.RunAsync(connection => PostgreSqlQuery.RunAsync(connection, type, query, ct), ct);
    }

    public async Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        await OpenAsync(ct);
        var revision = await _commits.CommitAsync(changes, ct);
        if (changes.Events.Count > 0)
            _signal.Raise();
        return revision;
    }

    public void Dispose() => _opening.Dispose();

    private async Task<long> CommitAsync(ChangeSet changes, int attempt, CancellationToken ct)
    {
        try
        {
            return await _database.RunAsync(connection => new PostgreSqlCommit(connection, changes).RunAsync(ct), ct);
        }
        catch (PostgresException undone) when (undone.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < Attempts)
        {
            return await CommitAsync(changes, attempt + 1, ct); // the server has undone it: the same changes under the same guards
        }
        catch (CommitInDoubtException doubt)
        {
            return await ResolveAsync(doubt);
        }
    }

    /// <summary>Asks the server, once it answers again, what became of a transaction whose commit was cut off.</summary>
    private async Task<long> ResolveAsync(CommitInDoubtException doubt)
    {
        var began = _time.GetTimestamp();
        while (_time.GetElapsedTime(began) < Patience)
        {
            switch (await StatusAsync(doubt.TransactionId))
            {
                case "committed":
                    return doubt.Revision;
                case "aborted":
                    throw new StoreUnavailableException($"Nothing was changed: the connection to PostgreSQL {_database.Name} broke before the commit.", doubt);
                default:
                    await Task.Delay(TimeSpan.FromSeconds(0.2), _time);
                    break;
            }
        }

        throw new StoreUnavailableException(
            $"The connection to PostgreSQL {_database.Name} broke during the commit and did not come back: look whether the change is there before trying again.", doubt);
    }

    private async Task<string?> StatusAsync(string transactionId)
    {
        try
        {
            return (string?)await _database.RunAsync(
                connection => connection.ScalarAsync("SELECT pg_xact_status($1::xid8)", CancellationToken.None, transactionId), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            return null; // not back yet
        }
    }
}
