using Ecosystem.Storage.PostgreSql;

namespace Ecosystem.Storage.Tests;

/// <summary>A database of its own for each test.</summary>
internal sealed class PostgreSqlPlace(string connectionString) : StoreUnderTest
{
    internal override async Task<OpenStore> OpenAsync(params DocumentType[] types)
    {
        var declared = new DocumentTypes();
        foreach (var type in types)
            declared.Add(type);
        var database = new PostgreSqlDatabase(connectionString);
        var schema = new PostgreSqlSchema(database, declared, TimeProvider.System);
        var engine = new PostgreSqlEngine(database, schema, new OutboxSignal(), TimeProvider.System);
        var store = new DocumentStore(engine, declared, new UuidV7Source(Time), Time, new TopicPerMessage());
        try
        {
            await engine.OpenAsync(default);
            return new OpenStore(store, engine, new PostgreSqlOutbox(database, Options, Time), new PostgreSqlInbox(database), new PostgreSqlSnapshot(database, declared), database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask; // goes with the server
}
