using Google.Protobuf;

namespace Ecosystem.Catalog.Showcase;

/// <summary>A solution, project or the like as it is kept. Its etag is the store's and is filled in when it leaves.</summary>
internal sealed class ExhibitDocument<T>
    where T : class, IMessage<T>, new()
{
    public required string Id { get; init; }

    public required T Resource { get; set; }

    /// <summary>Rises by one with every change; consumers of the events order by it.</summary>
    public long Version { get; set; }
}
