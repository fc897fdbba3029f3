using System.Globalization;

namespace Ecosystem.Storage;

internal enum PendingChange
{
    None,
    Store,
    Delete,
}

/// <summary>What a session knows of one document.</summary>
internal sealed class TrackedDocument
{
    private const long Impossible = -1;

    /// <summary>The instance handed out or stored; null when there is none.</summary>
    public object? Document { get; set; }

    /// <summary>What the store had when this session looked.</summary>
    public StoredDocument? Loaded { get; set; }

    /// <summary>Whether this session looked at all.</summary>
    public bool IsSeen { get; set; }

    /// <summary>Whether this release is known to know every member of what was loaded, so that nothing is lost when it is written anew.</summary>
    public bool IsWhole { get; set; }

    /// <summary>What a load by its identifier gives.</summary>
    public object? Present => Pending == PendingChange.Delete ? null : Document;

    public string? ExpectedEtag { get; set; }

    public PendingChange Pending { get; set; }

    public Guard Guard => (ExpectedEtag, Loaded) switch
    {
        (null, { } loaded) => new Guard.Seen(loaded.Revision),
        (null, null) => IsSeen ? Guard.NoDocument : Guard.Nothing,
        ({ } etag, { } loaded) => new Guard.Seen(etag == EngineExceptions.Etag(loaded.Revision) ? loaded.Revision : Impossible),
        ({ } etag, null) => new Guard.Seen(long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : Impossible),
    };
}
