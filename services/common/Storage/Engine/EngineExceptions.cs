using System.Globalization;

namespace Ecosystem.Storage;

/// <summary>The refusals of a guarded change, worded once for every adapter.</summary>
internal static class EngineExceptions
{
    public static Exception Taken(DocumentWrite write, long currentRevision, Exception? inner = null) => write.Guard is Guard.Unseen
        ? new UniqueConstraintException(write.Type.Name, "id", write.Id, inner)
        : new ConcurrencyException(write.Id, Etag(currentRevision), inner);

    public static Exception Changed(string id, long? currentRevision) =>
        new ConcurrencyException(id, currentRevision is { } revision ? Etag(revision) : null);

    public static string Etag(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
