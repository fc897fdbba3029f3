using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>Says what a failure of the file means and what to do about it.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Result codes: https://sqlite.org/rescode.html. What is not about the file is a defect and passes unchanged.</summary>
    public static Exception Explain(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        Full => new StoreUnavailableException($"Nothing was written: there is no room left for '{path}'. Free space; no repair is needed.", error),
        Busy or Locked => new StoreUnavailableException($"Nothing was written: '{path}' was locked for too long by another program.", error),
        ReadOnly => new StoreUnavailableException($"Nothing was written: '{path}' is read-only. Grant the service write access to the file and its folder.", error),
        InputOutput => new StoreUnavailableException($"Nothing was written: the disk of '{path}' failed or is full ({error.Message}).", error),
        CannotOpen => new StoreUnavailableException($"'{path}' cannot be opened: check that its folder exists and may be written.", error),
        Corrupt or NotADatabase => Damaged(path, error.Message, error),
        _ => error,
    };

    public static StoreDamagedException Damaged(string path, string finding, Exception? inner = null) => new(
        $"The store '{path}' is damaged: {finding}. It was left as it is. Restore a backup in its place, or move it away to begin empty.", inner);
}
