namespace Ecosystem.Messaging;

/// <summary>Nothing can be sent now; everything stays in the outbox.</summary>
internal sealed class SidecarUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
