namespace Ecosystem.Storage;

/// <summary>Another document holds a value that must be unique. Maps to ALREADY_EXISTS (HTTP 409).</summary>
public sealed class UniqueConstraintException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UniqueConstraintException(string documentType, string index, string documentId, Exception? inner = null)
        : base($"Document '{documentId}' cannot be saved: another of '{documentType}' has the same '{index}'.", inner)
    {
        DocumentType = documentType;
        Index = index;
        DocumentId = documentId;
    }

    /// <summary>The name of the document type.</summary>
    public string DocumentType { get; }

    /// <summary>The unique index that was violated; <c>id</c> when the identifier itself is taken.</summary>
    public string Index { get; }

    /// <summary>The document that could not be saved.</summary>
    public string DocumentId { get; }
}
