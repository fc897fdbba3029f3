namespace Grpc.Core;

/// <summary>Messages arriving one after the other.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message the last successful <see cref="MoveNext"/> arrived at.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when the other side has sent its last message.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Messages sent one after the other; one write at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; null is the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. Completes when the transport took it, which is the back-pressure of the stream.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes a message unless cancelled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the write, and with it the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message);
    }
}

/// <summary>Responses of a server.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;

/// <summary>Requests of a client.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no further message follows.</summary>
    Task CompleteAsync();
}
