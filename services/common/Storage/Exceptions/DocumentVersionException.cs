namespace Ecosystem.Storage;

/// <summary>A document was written by a newer release of the service and cannot be read without losing what that release added.</summary>
public sealed class DocumentVersionException(string documentType, string documentId, int found, int known)
    : Exception($"Document '{documentId}' of '{documentType}' has version {found}, this release knows up to {known}. Run the newer release.")
{
    /// <summary>The document that could not be read.</summary>
    public string DocumentId { get; } = documentId;
}
