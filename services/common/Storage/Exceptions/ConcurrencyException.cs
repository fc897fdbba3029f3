namespace Ecosystem.Storage;

/// <summary>A document changed since it was loaded, or is not the one the caller expected. Maps to ABORTED (HTTP 409).</summary>
public sealed class ConcurrencyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConcurrencyException(string documentId, string? currentEtag, Exception? inner = null)
        : base(currentEtag is null
            ? $"Document '{documentId}' no longer exists."
            : $"Document '{documentId}' was changed by someone else; its etag is now '{currentEtag}'.", inner)
    {
        DocumentId = documentId;
        CurrentEtag = currentEtag;
    }

    /// <summary>The document that could not be saved.</summary>
    public string DocumentId { get; }

    /// <summary>The etag the document has now; <see langword="null"/> when it does not exist (any more).</summary>
    public string? CurrentEtag { get; }
}
