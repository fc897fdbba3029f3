using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>That a document is gone, kept for a while, because a copy of the service that follows the store cannot see what is no longer there.</summary>
internal sealed class RemovedDocument
{
    public static readonly DocumentType<RemovedDocument> Type = new DocumentType<RemovedDocument>("removed_documents", d => d.Id)
        .Index("changed", d => d.Time);

    /// <summary>How long it is kept; whoever starts later than this reads the store anew anyway.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public required string Id { get; init; }

    /// <summary>The name of its type.</summary>
    public required string Collection { get; init; }

    public required string DocumentId { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Time { get; init; }
}

internal static class Removals
{
    /// <summary>Deletes a document so that every copy of the service hears of it.</summary>
    public static void Remove<T>(this IDocumentSession session, DocumentType<T> type, string id, DateTimeOffset now)
        where T : class
    {
        session.Delete<T>(id);
        session.Store(new RemovedDocument { Id = $"{type.Name}/{id}", Collection = type.Name, DocumentId = id, Time = now.ToUnixTimeMilliseconds() });
    }
}
