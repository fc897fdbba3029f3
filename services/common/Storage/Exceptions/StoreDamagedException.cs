namespace Ecosystem.Storage;

/// <summary>
/// The store cannot be opened as it is: damaged, not a store of this system, or written by a newer release.
/// The service does not start; it never begins a new store in the place of one that was there.
/// </summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : Exception(message, inner);
