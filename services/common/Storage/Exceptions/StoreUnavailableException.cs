namespace Ecosystem.Storage;

/// <summary>
/// The store cannot do this now, and nothing was changed: no room on the disk, no connection, or locked for too long.
/// Maps to UNAVAILABLE (HTTP 503); trying again later is safe.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
