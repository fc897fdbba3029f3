using Grpc.Core;

namespace Ecosystem.InteropPeer.Client;

internal sealed class ExpectationException(string message) : Exception(message);

/// <summary>What a case expects; anything else fails it.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new ExpectationException($"{actual} instead of {expected}");
    }

    public static void True(bool holds, string otherwise)
    {
        if (!holds)
            throw new ExpectationException(otherwise);
    }

    /// <summary>The call must end with a code; its exception.</summary>
    public static async Task<RpcException> EndsWithAsync(StatusCode code, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException end)
        {
            True(end.StatusCode == code, $"{end.Status} instead of {code}");
            return end;
        }

        throw new ExpectationException($"OK instead of {code}");
    }
}
