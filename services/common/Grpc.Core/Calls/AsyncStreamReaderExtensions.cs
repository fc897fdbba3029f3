using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Further ways to read a stream.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Waits for the next message.</summary>
    /// <returns>False when the other side has sent its last message.</returns>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader) => streamReader.MoveNext(CancellationToken.None);

    /// <summary>All remaining messages, for <c>await foreach</c>.</summary>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await streamReader.MoveNext(cancellationToken))
        {
            yield return streamReader.Current;
        }
    }
}
