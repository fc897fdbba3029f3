using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>The connections to one database of a replica set. What is read was written to a majority, and so is never taken back.</summary>
internal sealed class MongoStore : IDisposable
{
    private static readonly TransactionOptions Whole = new(ReadConcern.Snapshot, ReadPreference.Primary, WriteConcern.WMajority);

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;

    public MongoStore(string connectionString)
    {
        var url = MongoUrl.Create(connectionString);
        var settings = MongoClientSettings.FromUrl(url);
        settings.ReadConcern = ReadConcern.Majority;
        settings.ReadPreference = ReadPreference.Primary;
        settings.WriteConcern = WriteConcern.WMajority;
        _client = new MongoClient(settings);
        _database = _client.GetDatabase(url.DatabaseName ?? throw new InvalidOperationException(
            "The connection string of MongoDB names no database: add it behind the hosts, mongodb://host/database."));
        Name = $"{string.Join(',', url.Servers.Select(server => server.ToString()))}/{url.DatabaseName}"; // never the password
    }

    /// <summary>For messages to people.</summary>
    public string Name { get; }

    public IMongoCollection<BsonDocument> Counters => Collection("store");

    public IMongoCollection<BsonDocument> Types => Collection("types");

    public IMongoCollection<BsonDocument> Indexes => Collection("indexes");

    public IMongoCollection<BsonDocument> Outbox => Collection("outbox");

    public IMongoCollection<BsonDocument> Inbox => Collection("inbox");

    /// <summary>Written by every transaction with events, one of a fixed number of documents by subject: those of one subject take turns.</summary>
    public IMongoCollection<BsonDocument> Turns => Collection("turns");

    public IMongoCollection<BsonDocument> Documents(string type) => Collection(PlaceOf(type));

    public IMongoCollection<BsonDocument> Documents(DocumentType type) => Documents(type.Name);

    public IMongoCollection<BsonDocument> Collection(string name) => _database.GetCollection<BsonDocument>(name);

    public static string PlaceOf(string type) => "doc_" + type;

    public void Dispose() => _client.Dispose();

    public Task<BsonDocument> CommandAsync(BsonDocument command, CancellationToken ct) =>
        RunAsync(() => _database.RunCommandAsync<BsonDocument>(command, ReadPreference.Primary, ct));

    /// <summary>Runs work whose failures are worded for people.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) => MongoErrors.ExplainAsync(Name, work);

    /// <summary>Runs in one transaction, again from the beginning when the server asks for it (write conflicts, a new primary).</summary>
    public Task<T> TransactAsync<T>(Func<IClientSessionHandle, CancellationToken, Task<T>> work, CancellationToken ct) => RunAsync(async () =>
    {
        using var session = await _client.StartSessionAsync(options: null, ct);
        return await session.WithTransactionAsync(work, Whole, ct);
    });

    /// <summary>A session whose reads all see the moment of its first.</summary>
    public Task<IClientSessionHandle> SnapshotAsync(CancellationToken ct) =>
        RunAsync(() => _client.StartSessionAsync(new ClientSessionOptions { Snapshot = true }, ct));

    /// <summary>Draws the next number of a counter, outside any transaction: a number is never drawn twice, and may be left out.</summary>
    public async Task<long> NextAsync(string counter, CancellationToken ct)
    {
        var drawn = await Counters.FindOneAndUpdateAsync<BsonDocument>(
            new BsonDocument("_id", counter),
            new BsonDocument("$inc", new BsonDocument("value", 1L)),
            new FindOneAndUpdateOptions<BsonDocument, BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
            ct);
        return drawn["value"].ToInt64();
    }

    /// <summary>The clock of the server: replicas agree on it.</summary>
    public async Task<DateTime> NowAsync(CancellationToken ct) =>
        (await CommandAsync(new BsonDocument("hello", 1), ct))["localTime"].ToUniversalTime();
}
