using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Says what a failure of the server means and what to do about it.</summary>
internal static class PostgreSqlErrors
{
    public static async Task<T> ExplainAsync<T>(string database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DiskFull)
        {
            throw new StoreUnavailableException(
                $"Nothing was written: PostgreSQL {database} has no room left ({error.MessageText}). Free space on its disk; no repair is needed.", error);
        }
        catch (PostgresException error) when (IsAboutTheServer(error.SqlState))
        {
            throw new StoreUnavailableException($"Nothing was changed: PostgreSQL {database} refuses work now: {error.MessageText}.", error);
        }
        catch (NpgsqlException busy) when (busy.InnerException is TimeoutException && busy.Message.Contains("pool has been exhausted", StringComparison.Ordinal))
        {
            throw new StoreUnavailableException(
                $"Nothing was changed: all connections to PostgreSQL {database} are in use and none came free. Try again; where that happens often, "
                + "allow more with Maximum Pool Size in ConnectionStrings, as far as the server's max_connections goes.", busy);
        }
        catch (NpgsqlException error) when (error is not PostgresException)
        {
            throw new StoreUnavailableException(
                $"PostgreSQL {database} cannot be reached: {error.Message} Check that it runs and that ConnectionStrings names it rightly.", error);
        }
    }

    /// <summary>
    /// Classes 08 connection, 53 resources (disk full, too many connections), 57 operator intervention, 58 system error; 25006 read-only.
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    /// </summary>
    private static bool IsAboutTheServer(string state) => state[..2] is "08" or "53" or "57" or "58" || state is "25006" or "55P03";
}
