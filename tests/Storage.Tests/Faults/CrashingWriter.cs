using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

/// <summary>Writes without end, each document together with its event, and says so on standard output when the save has returned.</summary>
internal static class CrashingWriter
{
    /// <summary>Units of work that may be on their way when the process dies.</summary>
    public const int Concurrency = 4;

    /// <param name="where">A file, or a connection string of PostgreSQL.</param>
    public static async Task<int> RunAsync(string where)
    {
        var kind = where.Contains("Host=", StringComparison.Ordinal) ? StoreKind.PostgreSql : StoreKind.Sqlite;
        await using var store = await OpenStore.OpenAsync(kind, where, new StorageOptions { IntegrityCheck = IntegrityCheck.Full }, TimeProvider.System, Clinic.Type);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        var ids = new UuidV7Source(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var id = ids.Next();
                await using var session = store.OpenSession();
                session.Store(new Clinic { Id = id, City = "Essen", Themes = { "a", "b" }, RegisterNumber = id.ToUpper(CultureInfo.InvariantCulture) });
                session.Publish(new Api { Name = id }, id);
                session.MarkReceived(new EventKey("crash", id));
                await session.SaveChangesAsync();
                await output.WriteLineAsync(id);
            }
        })));
        return 0;
    }
}
