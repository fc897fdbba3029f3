using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>Creates, checks and brings up to date the tables of a store.</summary>
internal sealed class SqliteSchema(DocumentTypes types, IntegrityCheck check)
{
    private const int ApplicationId = 0x45434F53; // "ECOS"
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE store (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO store VALUES ('revision', 0);
        CREATE TABLE types (name TEXT PRIMARY KEY, version INTEGER NOT NULL, indexes TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE inbox (source TEXT NOT NULL, id TEXT NOT NULL, received INTEGER NOT NULL, PRIMARY KEY (source, id)) WITHOUT ROWID;
        CREATE INDEX inbox_received ON inbox (received);
        CREATE TABLE outbox (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL, topic TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL,
          time INTEGER NOT NULL, traceparent TEXT, tracestate TEXT,
          attempts INTEGER NOT NULL DEFAULT 0, reason TEXT);
        """;

    /// <summary>What stores of an earlier release may lack.</summary>
    private const string Additions = """
        CREATE TABLE IF NOT EXISTS sent (
          position INTEGER PRIMARY KEY,
          id TEXT NOT NULL, topic TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL,
          time INTEGER NOT NULL, traceparent TEXT, tracestate TEXT, attempts INTEGER NOT NULL, sent INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS sent_sent ON sent (sent);
        CREATE TABLE IF NOT EXISTS building (type TEXT NOT NULL, ix TEXT NOT NULL, PRIMARY KEY (type, ix)) WITHOUT ROWID;
        """;

    /// <summary>
    /// Creates the file beside its place and moves it there when it is complete: a process that dies here leaves
    /// no half-made store, and so an empty file is always a damaged one.
    /// </summary>
    public static void Create(string path)
    {
        if (File.Exists(path + "-wal"))
            throw SqliteErrors.Damaged(path, "its write-ahead log is there, but the file itself is missing");

        var draft = path + ".new";
        File.Delete(draft);
        using (var session = new SqliteSession(draft, SqliteOpenMode.ReadWriteCreate))
        {
            session.Execute("PRAGMA page_size = 4096");
            session.Scalar("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("BEGIN IMMEDIATE");
            Execute(session, Tables);
            session.Execute($"PRAGMA application_id = {ApplicationId}");
            session.Execute($"PRAGMA user_version = {Version}");
            session.Execute("COMMIT");
            session.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        File.Move(draft, path);
    }

    public SqliteSession Open(string path)
    {
        if (new FileInfo(path).Length == 0)
            throw SqliteErrors.Damaged(path, "it is empty");

        var session = new SqliteSession(path, SqliteOpenMode.ReadWrite);
        try
        {
            Check(session, path);
            session.Scalar("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA cache_size = -32000"); // kibibytes
            session.Execute("PRAGMA temp_store = MEMORY");
            BringUpToDate(session, path);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteSession session, string statements)
    {
        foreach (var statement in statements.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            session.Execute(statement);
    }

    private void Check(SqliteSession session, string path)
    {
        if (session.Scalar("PRAGMA application_id") is not (long)ApplicationId)
            throw new StoreDamagedException($"'{path}' is not a document store of this system. Correct Storage:Path, or move the file away.");
        if (session.Scalar("PRAGMA user_version") is long version and not Version)
            throw new StoreDamagedException($"The store '{path}' has layout {version}; this release knows {Version}. Run the newer release.");

        var finding = check switch
        {
            IntegrityCheck.Full => session.Scalar("PRAGMA integrity_check(1)"),
            IntegrityCheck.Quick => session.Scalar("PRAGMA quick_check(1)"),
            _ => "ok",
        };
        if (finding is not "ok")
            throw SqliteErrors.Damaged(path, Convert.ToString(finding, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" "));
    }

    private void BringUpToDate(SqliteSession session, string path)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            Execute(session, Additions);
            foreach (var type in types.All)
                new SqliteTypeSchema(session, type).BringUpToDate(path);
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }

        session.Execute("PRAGMA optimize");
    }
}
