namespace Ecosystem.Storage;

/// <summary>A page token is malformed or belongs to another query. Maps to INVALID_ARGUMENT (HTTP 400).</summary>
public sealed class PageTokenException(Exception? inner = null)
    : Exception("The page token is not one that was returned for this query. Start again without a page token.", inner);
