using Google.Protobuf;

namespace Ecosystem.Storage;

/// <summary>
/// A unit of work over documents, outgoing events and received events: everything is saved together or not at all.
/// A session belongs to one caller at a time; it is not thread-safe. Within a session one identifier is one instance.
/// </summary>
public interface IDocumentSession : IAsyncDisposable
{
    /// <summary>Loads a document, or returns <see langword="null"/> when there is none. Remembers its etag for the save.</summary>
    /// <exception cref="DocumentVersionException">The document was written by a newer release of the service.</exception>
    Task<T?> LoadAsync<T>(string id, CancellationToken ct = default) where T : class;

    /// <summary>Loads those of many documents that there are, in the order of their identifiers as given, with one question to the store; else as <see cref="LoadAsync"/>.</summary>
    /// <exception cref="DocumentVersionException">A document was written by a newer release of the service.</exception>
    Task<IReadOnlyList<T>> LoadManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct = default) where T : class;

    /// <summary>Returns one page of the saved documents that match; changes of this session that are not saved are not seen.</summary>
    /// <exception cref="PageTokenException">The page token is malformed or belongs to another query.</exception>
    Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery<T> query, CancellationToken ct = default) where T : class;

    /// <summary>
    /// Streams every saved document that matches, in the order of the query, with bounded memory. The documents are not remembered
    /// by the session: load one before changing it. Changes made meanwhile may or may not be seen; a document is seen twice only if the
    /// value it is ordered by grows meanwhile.
    /// </summary>
    IAsyncEnumerable<T> StreamAsync<T>(DocumentQuery<T> query, CancellationToken ct = default) where T : class;

    /// <summary>Inserts the document at the next save, or updates it guarded by the etag seen at load.</summary>
    void Store<T>(T document) where T : class;

    /// <summary>Deletes the document at the next save, guarded by the etag if this session has loaded it; absent documents are no error.</summary>
    void Delete<T>(string id) where T : class;

    /// <summary>The etag seen at load or after the last save; <see langword="null"/> for a document that is new to this session.</summary>
    string? EtagOf<T>(T document) where T : class;

    /// <summary>
    /// Makes the save conditional on an etag the caller has seen (If-Match, RFC 9110 section 13.1.1; <c>etag</c> of AIP-154).
    /// <see langword="null"/> and empty mean that the caller did not say and leave the guard as it is.
    /// </summary>
    void Expect<T>(T document, string? etag) where T : class;

    /// <summary>
    /// Puts an event into the outbox, in the same transaction. It is captured now: later changes to the message are not sent.
    /// </summary>
    /// <param name="event">A message whose proto declares <c>option (ecosystem.events.v1.topic)</c>.</param>
    /// <param name="subject">The identifier of the aggregate; events of one subject are sent in the order of their transactions.</param>
    /// <exception cref="InvalidOperationException">The event declares no topic, or the host has no messaging.</exception>
    /// <exception cref="EventTooLargeException">The event is larger than what can be sent.</exception>
    /// <exception cref="ArgumentException">The subject has control characters or more than 1024 characters.</exception>
    void Publish(IMessage @event, string subject);

    /// <summary>Records an event as received, in the same transaction: the save fails with <see cref="AlreadyReceivedException"/> when it is known.</summary>
    void MarkReceived(EventKey key);

    /// <summary>Saves everything or nothing. After a failure nothing was changed; open a new session to try again.</summary>
    /// <exception cref="ConcurrencyException">A document changed since it was loaded, or differs from the expected etag.</exception>
    /// <exception cref="UniqueConstraintException">Another document holds a value that must be unique.</exception>
    /// <exception cref="AlreadyReceivedException">An event was received before.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write now: no room on the disk, no connection, or locked for too long.</exception>
    Task SaveChangesAsync(CancellationToken ct = default);
}
