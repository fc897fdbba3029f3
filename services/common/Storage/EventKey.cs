namespace Ecosystem.Storage;

/// <summary>What makes an event unique: CloudEvents 1.0 requires <c>source</c> + <c>id</c> to be unique for each distinct event.</summary>
/// <param name="Source">The context in which the event happened, a URI reference.</param>
/// <param name="Id">The identifier within the source.</param>
public readonly record struct EventKey(string Source, string Id);
