namespace Ecosystem.Messaging;

/// <summary>A handler, or the save after it, failed; what happens next is the handler's declared policy.</summary>
internal sealed class HandlerFailedException(FailurePolicy policy, Exception failure) : Exception(failure.Message, failure)
{
    public FailurePolicy Policy { get; } = policy;
}
