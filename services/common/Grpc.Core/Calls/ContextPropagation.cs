namespace Grpc.Core;

/// <summary>Which parts of the call being served a further call takes over.</summary>
/// <param name="propagateDeadline">Whether the deadline is taken over.</param>
/// <param name="propagateCancellation">Whether cancellation is taken over.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Both deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is taken over.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is taken over.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}

/// <summary>Carries deadline and cancellation of the call being served to a further call.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
