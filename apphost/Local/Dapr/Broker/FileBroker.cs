using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Ecosystem.AppHost.Local.Dapr.Broker;

/// <summary>
/// <c>pubsub.in-memory</c> made durable by a SQLite file: a message is on disk before its publisher hears 204, and leaves when every
/// consuming app has acknowledged it.
/// </summary>
internal sealed class FileBroker : IMessageBroker
{
    private const int Window = 100;
    private readonly ConcurrentDictionary<(string AppId, string Topic), SemaphoreSlim> _news = new();
    private readonly string _connectionString;
    private readonly IReadOnlyCollection<string> _apps;
    private readonly ILogger _logger;
    private readonly GroupCommit _writes;

    /// <param name="file">The SQLite file, created when missing.</param>
    /// <param name="apps">All apps of the region that may use the component.</param>
    public FileBroker(string file, IReadOnlyCollection<string> apps, ILogger logger)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();
        _apps = apps;
        _logger = logger;
        _writes = new GroupCommit(OpenWriter());
    }

    public async Task PublishAsync(string topic, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _writes.RunAsync(transaction =>
        {
            foreach (var message in messages)
            {
                Insert(transaction, topic, message);
            }
        });
        foreach (var (_, news) in _news.Where(n => n.Key.Topic == topic))
        {
            Signal(news);
        }
    }

    public Task SetTopicsAsync(string appId, IReadOnlyCollection<ConsumedTopic> topics, CancellationToken ct) => _writes.RunAsync(transaction =>
    {
        Execute(transaction, "INSERT INTO apps(app) VALUES ($app) ON CONFLICT DO NOTHING", ("$app", appId));
        Execute(transaction, "DELETE FROM subscriptions WHERE app = $app", ("$app", appId));
        foreach (var topic in topics.Select(t => t.Topic).Distinct(StringComparer.Ordinal))
        {
            Execute(transaction, "INSERT INTO subscriptions(app, topic) VALUES ($app, $topic)", ("$app", appId), ("$topic", topic));
        }

        Execute(transaction, "DELETE FROM deliveries WHERE app = $app AND topic NOT IN (SELECT topic FROM subscriptions WHERE app = $app)", ("$app", appId));
        Execute(transaction, "DELETE FROM messages WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = messages.seq)");
    }).WaitAsync(ct);

    public async Task ConsumeAsync(Consumer consumer, CancellationToken ct)
    {
        var news = _news.GetOrAdd((consumer.AppId, consumer.Subject.Topic), _ => new SemaphoreSlim(0, 1));
        var size = Math.Max(Window, consumer.Batch);
        var room = new SemaphoreSlim(size, size);
        var last = 0L;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var waiting = Next(consumer, after: last, size, room);
                if (waiting.Count == 0)
                {
                    await news.WaitAsync(ct);
                    continue;
                }

                foreach (var message in waiting)
                {
                    await room.WaitAsync(ct);
                    last = message.Sequence;
                    await consumer.TakeAsync(message, ct);
                }
            }
        }
        catch (SqliteException e)
        {
            throw new BrokerException(e.Message, e);
        }
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS messages(seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, payload BLOB NOT NULL, expires INTEGER);
            CREATE TABLE IF NOT EXISTS deliveries(app TEXT NOT NULL, topic TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(app, topic, seq)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS deliveries_of_message ON deliveries(seq);
            CREATE TABLE IF NOT EXISTS apps(app TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS subscriptions(app TEXT NOT NULL, topic TEXT NOT NULL, PRIMARY KEY(app, topic)) WITHOUT ROWID;
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    private void Insert(SqliteTransaction transaction, string topic, NewMessage message)
    {
        Execute(
            transaction,
            "INSERT INTO messages(topic, payload, expires) VALUES ($topic, $payload, $expires)",
            ("$topic", topic),
            ("$payload", message.Payload.ToArray()),
            ("$expires", message.Expires?.ToUnixTimeMilliseconds()));
        var recipients = Execute(
            transaction,
            "INSERT INTO deliveries(app, topic, seq) SELECT app, topic, last_insert_rowid() FROM subscriptions WHERE topic = $topic",
            ("$topic", topic));
        foreach (var app in _apps)
        {
            recipients += Execute(
                transaction,
                """
                INSERT INTO deliveries(app, topic, seq) SELECT $app, $topic, (SELECT max(seq) FROM messages)
                WHERE NOT EXISTS (SELECT 1 FROM apps WHERE app = $app)
                """,
                ("$app", app),
                ("$topic", topic));
        }

        if (recipients == 0)
        {
            Execute(transaction, "DELETE FROM messages WHERE seq = (SELECT max(seq) FROM messages)");
        }
    }

    private List<StoredMessage> Next(Consumer consumer, long after, int size, SemaphoreSlim room)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.seq, m.payload, m.expires FROM deliveries d JOIN messages m ON m.seq = d.seq
            WHERE d.app = $app AND d.topic = $topic AND d.seq > $after ORDER BY d.seq LIMIT $window
            """;
        command.Parameters.AddWithValue("$app", consumer.AppId);
        command.Parameters.AddWithValue("$topic", consumer.Subject.Topic);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$window", size);
        var messages = new List<StoredMessage>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var expires = reader.IsDBNull(2) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2));
            messages.Add(new StoredMessage(this, consumer, room, reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), expires));
        }

        return messages;
    }

    /// <summary>Not awaited by the consumer: a lost acknowledgement means a second delivery after a restart, never a lost message.</summary>
    private void Acknowledge(Consumer consumer, long sequence) => _ = _writes.RunAsync(transaction =>
    {
        Execute(
            transaction,
            "DELETE FROM deliveries WHERE app = $app AND topic = $topic AND seq = $seq",
            ("$app", consumer.AppId),
            ("$topic", consumer.Subject.Topic),
            ("$seq", sequence));
        Execute(transaction, "DELETE FROM messages WHERE seq = $seq AND NOT EXISTS (SELECT 1 FROM deliveries WHERE seq = $seq)", ("$seq", sequence));
    }).ContinueWith(
        failed => _logger.LogWarning(failed.Exception, "An acknowledgement of {App} on {Topic} was not stored; the message comes again.", consumer.AppId, consumer.Subject.Topic),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);

    private static int Execute(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command.ExecuteNonQuery();
    }

    private static void Signal(SemaphoreSlim news)
    {
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already told.
        }
    }

    private sealed record StoredMessage(FileBroker Broker, Consumer Consumer, SemaphoreSlim Room, long Sequence, ReadOnlyMemory<byte> Payload, DateTimeOffset? Expires)
        : BrokerMessage(Sequence, Payload, Expires)
    {
        public override ValueTask AcknowledgeAsync(CancellationToken ct)
        {
            Broker.Acknowledge(Consumer, Sequence);
            Room.Release();
            return ValueTask.CompletedTask;
        }
    }
}
