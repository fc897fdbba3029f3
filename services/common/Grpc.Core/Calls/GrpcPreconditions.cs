namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and state, in the shape generated code of other plugins may call.</summary>
public static class GrpcPreconditions
{
    /// <summary>Returns the value, or throws when it is null.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static T CheckNotNull<T>(T? reference, string paramName) => reference is null ? throw new ArgumentNullException(paramName) : reference;

    /// <summary>Throws when the condition does not hold.</summary>
    /// <exception cref="ArgumentException">The condition does not hold.</exception>
    public static void CheckArgument(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage, nameof(condition));
        }
    }

    /// <summary>Throws when the condition does not hold.</summary>
    /// <exception cref="InvalidOperationException">The condition does not hold.</exception>
    public static void CheckState(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
