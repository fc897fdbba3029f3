using System.Security.Cryptography;
using System.Text;
using Ecosystem.Messaging.V1;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>An event that failed, kept in the store of the service that could not apply it.</summary>
internal sealed record DeadLetterDocument
{
    public static readonly DocumentType<DeadLetterDocument> Type = new DocumentType<DeadLetterDocument>("dead_letters", letter => letter.Id)
        .Index("state", letter => letter.Letter.State)
        .Index("type", letter => letter.Letter.Type)
        .Index("first_failure", letter => letter.Letter.FirstFailureTime)
        .Index("last_failure", letter => letter.Letter.LastFailureTime);

    public required string Id { get; init; }

    public required DeadLetter Letter { get; init; }

    public EventKey Key => new(Letter.Source, Letter.EventId);

    /// <summary>The same event always has the same letter.</summary>
    public static string IdOf(EventKey key) => Digest(key.Source + "\n" + key.Id);

    /// <summary>What is no event is known by its content.</summary>
    public static string IdOf(string body) => Digest(body);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
