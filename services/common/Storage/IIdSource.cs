namespace Ecosystem.Storage;

/// <summary>Source of identifiers for documents and events.</summary>
public interface IIdSource
{
    /// <summary>
    /// Returns a new UUID version 7 (RFC 9562, section 5.7) in lower case with dashes.
    /// Identifiers of one source grow strictly, also within a millisecond and when the clock goes backwards.
    /// </summary>
    string Next();
}
