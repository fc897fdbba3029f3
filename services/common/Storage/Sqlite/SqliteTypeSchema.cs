using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>The table of one document type: creates it, and follows its declaration when indexes come, change and go.</summary>
internal sealed class SqliteTypeSchema(SqliteSession session, DocumentType type)
{
    private readonly SqliteStatements _sql = SqliteStatements.Of(type);

    /// <summary>Runs within a transaction: a process that dies here leaves the store as it was.</summary>
    public void BringUpToDate(string path)
    {
        var known = session.Rows("SELECT version, indexes FROM types WHERE name = $1",
            row => (Version: row.GetInt32(0), Indexes: IndexDeclaration.Read(row.GetString(1))), type.Name);
        if (known.Count == 0)
        {
            CreateTable();
        }
        else if (known[0].Version > type.Version)
        {
            throw new StoreDamagedException(
                $"'{type.Name}' in '{path}' has version {known[0].Version}; this release knows up to {type.Version}. Run the newer release.");
        }

        Follow(known.Count == 0 ? [] : known[0].Indexes, isUpgraded: known.Count > 0 && known[0].Version < type.Version);
        session.Execute("INSERT INTO types VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET version = $2, indexes = $3",
            type.Name, type.Version, IndexDeclaration.Write(type));
    }

    private void CreateTable()
    {
        session.Execute($"CREATE TABLE {_sql.Table} (id TEXT PRIMARY KEY NOT NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)");
        session.Execute($"CREATE TABLE {_sql.ManyTable} (ix TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (ix, value, id)) WITHOUT ROWID");
        session.Execute($"CREATE INDEX {_sql.ManyTable}_id ON {_sql.ManyTable} (id)");
    }

    private void Follow(IReadOnlyList<IndexDeclaration> known, bool isUpgraded)
    {
        var declared = type.Indexes.Select(IndexDeclaration.Of).ToList();
        foreach (var gone in known.Except(declared))
            Drop(gone);
        var added = type.Indexes.Where(index => !known.Contains(IndexDeclaration.Of(index))).ToList();
        foreach (var index in added.Where(index => !index.IsMany))
            session.Execute($"ALTER TABLE {_sql.Table} ADD COLUMN {SqliteStatements.Column(index)} {Affinity(index.Kind)}");
        foreach (var index in isUpgraded ? type.Indexes : added)
            session.Execute("INSERT OR IGNORE INTO building VALUES ($1, $2)", type.Name, index.Name);

        // Whether a value is unique is to be known before anybody relies on it; all else is completed while the service works.
        if ((isUpgraded ? type.Indexes : added).Any(index => index.IsUnique) || IsEmpty())
        {
            new SqliteIndexValues(type).ComputeAll(session);
            Complete(session, type);
        }
    }

    /// <summary>Every value is there: creates what is missing to find it fast.</summary>
    public static bool Complete(SqliteSession session, DocumentType type)
    {
        var schema = new SqliteTypeSchema(session, type);
        foreach (var index in type.Indexes.Where(index => !index.IsMany))
            schema.CreateIndex(index);
        return session.Execute("DELETE FROM building WHERE type = $1", type.Name) > 0;
    }

    private bool IsEmpty() => session.Scalar($"SELECT 1 FROM {_sql.Table} LIMIT 1") is null;

    private void Drop(IndexDeclaration index)
    {
        session.Execute("DELETE FROM building WHERE type = $1 AND ix = $2", type.Name, index.Name);
        if (index.IsMany)
        {
            session.Execute($"DELETE FROM {_sql.ManyTable} WHERE ix = $1", index.Name);
            return;
        }

        session.Execute($"DROP INDEX IF EXISTS {_sql.Table}_{index.Name}");
        session.Execute($"ALTER TABLE {_sql.Table} DROP COLUMN ix_{index.Name}");
    }

    private void CreateIndex(DocumentIndex index)
    {
        try
        {
            session.Execute(index.IsUnique
                ? $"CREATE UNIQUE INDEX IF NOT EXISTS {_sql.Table}_{index.Name} ON {_sql.Table} ({SqliteStatements.Column(index)})"
                : $"CREATE INDEX IF NOT EXISTS {_sql.Table}_{index.Name} ON {_sql.Table} ({SqliteStatements.Column(index)}, id)");
        }
        catch (SqliteException duplicate) when (duplicate.SqliteErrorCode == 19)
        {
            var ids = session.Scalar($"SELECT group_concat(id, ', ') FROM {_sql.Table} GROUP BY {SqliteStatements.Column(index)} HAVING count(*) > 1 LIMIT 1");
            throw new StoreDamagedException(
                $"'{type.Name}' cannot be unique by '{index.Name}': documents {ids} share a value. Correct them with the release before this one.", duplicate);
        }
    }

    private static string Affinity(IndexKind kind) => kind.ToString().ToUpper(CultureInfo.InvariantCulture);
}
