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
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string AppId, string Topic), SemaphoreSlim> _news = new();
    private readonly string _connectionString;
    private readonly IReadOnlyCollection<string> _apps;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GroupCommit _writes;

    /// <param name="file">The SQLite file, created when missing.</param>
    /// <param name="apps">All apps of the region that may use the component.</param>
    public FileBroker(string file, IReadOnlyCollection<string> apps, TimeProvider time, ILogger logger)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();
        _apps = apps;
        _time = time;
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

    public Task SetTopicsAsync(string appId, IReadOnlyCollection<string> topics, CancellationToken ct) => _writes.RunAsync(transaction =>
    {
        Execute(transaction, "INSERT INTO apps(app) VALUES ($app) ON CONFLICT DO NOTHING", ("$app", appId));
        Execute(transaction, "DELETE FROM subscriptions WHERE app = $app", ("$app", appId));
        foreach (var topic in topics.Distinct(StringComparer.Ordinal))
        {
            Execute(transaction, "INSERT INTO subscriptions(app, topic) VALUES ($app, $topic)", ("$app", appId), ("$topic", topic));
        }

        Execute(transaction, "DELETE FROM deliveries WHERE app = $app AND topic NOT IN (SELECT topic FROM subscriptions WHERE app = $app)", ("$app", appId));
        Execute(transaction, "DELETE FROM messages WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = messages.seq)");
    }).WaitAsync(ct);

    public async Task ConsumeAsync(Consumer consumer, CancellationToken ct)
    {
        var news = _news.GetOrAdd((consumer.AppId, consumer.Topic), _ => new SemaphoreSlim(0, 1));
        var last = 0L;
        while (!ct.IsCancellationRequested)
        {
            var waiting = Next(consumer, after: last);
            if (waiting.Count == 0)
            {
                await news.WaitAsync(ct);
                continue;
            }

            foreach (var batch in waiting.Chunk(consumer.BatchSize))
            {
                var done = await consumer.HandleAsync(batch, ct);
                Acknowledge(consumer, batch.Where((_, i) => done[i]));
                if (done.Contains(value: false))
                {
                    // Read again from the first that is left, so that the order holds.
                    last = 0;
                    await Task.Delay(PauseAfterFailure, _time, ct);
                    break;
                }

                last = batch[^1].Sequence;
            }
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

    private List<BrokerMessage> Next(Consumer consumer, long after)
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
        command.Parameters.AddWithValue("$topic", consumer.Topic);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$window", Math.Max(Window, consumer.BatchSize));
        var messages = new List<BrokerMessage>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var expires = reader.IsDBNull(2) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2));
            messages.Add(new BrokerMessage(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), expires));
        }

        return messages;
    }

    /// <summary>Not awaited by the consumer: a lost acknowledgement means a second delivery after a restart, never a lost message.</summary>
    private void Acknowledge(Consumer consumer, IEnumerable<BrokerMessage> messages)
    {
        var sequences = messages.Select(m => m.Sequence).ToList();
        if (sequences.Count == 0)
        {
            return;
        }

        _ = _writes.RunAsync(transaction =>
        {
            foreach (var sequence in sequences)
            {
                Execute(
                    transaction,
                    "DELETE FROM deliveries WHERE app = $app AND topic = $topic AND seq = $seq",
                    ("$app", consumer.AppId),
                    ("$topic", consumer.Topic),
                    ("$seq", sequence));
                Execute(transaction, "DELETE FROM messages WHERE seq = $seq AND NOT EXISTS (SELECT 1 FROM deliveries WHERE seq = $seq)", ("$seq", sequence));
            }
        }).ContinueWith(
            failed => _logger.LogWarning(failed.Exception, "Acknowledgements of {App} on {Topic} were not stored; the messages come again.", consumer.AppId, consumer.Topic),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

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
}
