namespace Grpc.Core;

/// <summary>A call that ended with a status other than OK. Thrown to callers by clients, and by handlers to answer with a status.</summary>
public class RpcException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">The outcome.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Creates the exception with its own message.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="message">The exception's message; stays in the process.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates the exception with trailers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="trailers">Metadata that travels with the outcome, such as <c>grpc-status-details-bin</c>.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates the exception with trailers and its own message.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="trailers">Metadata that travels with the outcome.</param>
    /// <param name="message">The exception's message; stays in the process.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The outcome.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Metadata that travelled with the outcome.</summary>
    public Metadata Trailers { get; }
}
