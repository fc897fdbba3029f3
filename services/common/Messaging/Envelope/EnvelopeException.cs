namespace Ecosystem.Messaging;

/// <summary>What arrived can never be applied, however often it is delivered.</summary>
internal sealed class EnvelopeException(string reason, Exception? inner = null) : Exception(reason, inner);
