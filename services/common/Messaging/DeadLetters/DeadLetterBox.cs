using System.Buffers;
using System.Text;
using System.Text.Json;
using Ecosystem.Messaging.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Messaging;

/// <summary>Remembers failures of events, until they are applied, replayed or discarded.</summary>
internal sealed class DeadLetterBox(IDocumentStore store, TimeProvider time)
{
    private static readonly DocumentQuery<DeadLetterDocument> Any = DocumentQuery.For(DeadLetterDocument.Type).WithoutTotal().Page(1);

    /// <summary>Counts a failed delivery, and returns whether the event is parked now: then nobody need deliver it again.</summary>
    public Task<bool> FailedAsync(CloudEvent @event, Exception failure, FailurePolicy policy, CancellationToken ct) =>
        PutAsync(DeadLetterDocument.IdOf(@event.Key), () => Letter(@event), letter =>
        {
            letter.Attempts++;
            letter.Reason = $"{failure.GetType().Name}: {failure.Message}";
            if (letter.Attempts >= policy.Deliveries)
                letter.State = DeadLetter.Types.State.Parked;
        }, ct);

    public async Task<bool> IsParkedAsync(EventKey key, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        return await session.LoadAsync<DeadLetterDocument>(DeadLetterDocument.IdOf(key), ct) is { Letter.State: DeadLetter.Types.State.Parked };
    }

    /// <summary>Parks what the sidecar gave up.</summary>
    public Task GivenUpAsync(CloudEvent @event, string reason, CancellationToken ct) =>
        PutAsync(DeadLetterDocument.IdOf(@event.Key), () => Letter(@event), letter =>
        {
            letter.State = DeadLetter.Types.State.Parked;
            if (letter.Reason.Length == 0)
                letter.Reason = reason;
        }, ct);

    /// <summary>Parks what is no event at all: somebody must look at it.</summary>
    public Task UnreadableAsync(string body, string reason, CancellationToken ct) =>
        PutAsync(DeadLetterDocument.IdOf(body), () => new DeadLetter { Envelope = body }, letter =>
        {
            letter.State = DeadLetter.Types.State.Parked;
            letter.Reason = $"It is no event: {reason}.";
        }, ct);

    /// <summary>The failures are over: the letters go in the transaction that applies the events. Mostly there are none at all, which costs one look.</summary>
    public static async Task ForgetAsync(IDocumentSession session, IEnumerable<EventKey> keys, CancellationToken ct)
    {
        if ((await session.QueryAsync(Any, ct)).Items.Count == 0)
            return;

        foreach (var id in keys.Select(DeadLetterDocument.IdOf))
        {
            if (await session.LoadAsync<DeadLetterDocument>(id, ct) is not null)
                session.Delete<DeadLetterDocument>(id);
        }
    }

    private async Task<bool> PutAsync(string id, Func<DeadLetter> create, Action<DeadLetter> change, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var document = await session.LoadAsync<DeadLetterDocument>(id, ct) ?? new DeadLetterDocument { Id = id, Letter = create() };
        var letter = document.Letter;
        letter.Id = id;
        letter.FirstFailureTime ??= now;
        letter.LastFailureTime = now;
        change(letter);
        session.Store(document);
        await session.SaveChangesAsync(ct);
        return letter.State == DeadLetter.Types.State.Parked;
    }

    private static DeadLetter Letter(CloudEvent @event) => new()
    {
        State = DeadLetter.Types.State.Retrying,
        Source = @event.Key.Source,
        EventId = @event.Key.Id,
        Type = @event.Type,
        Subject = @event.Subject,
        Envelope = Json(@event),
    };

    private static string Json(CloudEvent @event)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
            @event.WriteTo(writer);
        return Encoding.UTF8.GetString(body.WrittenSpan);
    }
}
