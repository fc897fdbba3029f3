using Aspire.Hosting;
using Npgsql;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Makes PostgreSQL databases that are not there yet.</summary>
internal static class Databases
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="DistributedApplicationException">The server cannot be reached, or does not allow it.</exception>
    public static async Task EnsureAsync(string connectionString, TimeProvider time, CancellationToken ct)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureAsync(wanted, ct);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && time.GetElapsedTime(started) < Patience)
            {
                // Not listening yet, or still recovering from the last run.
                await Task.Delay(Pause, time, ct);
            }
            catch (NpgsqlException e)
            {
                throw new DistributedApplicationException(
                    $"The database '{wanted.Database}' at {wanted.Host}:{wanted.Port} cannot be used: {e.Message} Check --store and the rights of '{wanted.Username}'.", e);
            }
        }
    }

    private static async Task EnsureAsync(NpgsqlConnectionStringBuilder wanted, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(wanted.ToString()) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ToString());
        await connection.OpenAsync(ct);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = wanted.Database } } };
        if (await find.ExecuteScalarAsync(ct) is not null)
        {
            return;
        }

#pragma warning disable CA2100 // a name cannot be a parameter; it is quoted
        await using var create = new NpgsqlCommand($"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(wanted.Database!)}", connection);
#pragma warning restore CA2100
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process of the same service was quicker.
        }
    }
}
