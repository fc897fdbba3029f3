using System.Diagnostics;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.SystemTests;

/// <summary>docs/operators.md, "Back up and restore": what its lines save from a database that is in use is all there in the one they restore.</summary>
internal static partial class DatabaseBackup
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/operators.md"));

    /// <summary>Saves the catalogue's database with the line of the page, and restores it with the other into an empty one; the name of that.</summary>
    public static async Task<string> SaveAndRestoreAsync(DurableSystem system)
    {
        const string restored = "restored";
        var folder = Directory.CreateTempSubdirectory("database-backup-");
        try
        {
            await system.ReadAsync("postgres", $"CREATE DATABASE {restored}");
            await RunAsync(Line("pg_dump "), "catalog");
            await RunAsync(Line("pg_restore "), restored);
            return restored;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task RunAsync(string line, string database)
        {
            var here = Address().Replace(line, $"host={system.Database.Host} port={system.Database.Port} dbname={database} user=ecosystem");
            var start = new ProcessStartInfo("bash", ["-euc", here]) { WorkingDirectory = folder.FullName, UseShellExecute = false, RedirectStandardError = true };
            start.Environment["PGPASSWORD"] = system.DatabasePassword;
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, errors);
        }
    }

    private static string Line(string begins) => Page.Split('\n').Single(line => line.StartsWith(begins, StringComparison.Ordinal));

    [GeneratedRegex("host=postgres.example dbname=catalog user=catalog", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
