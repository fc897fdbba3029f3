namespace Grpc.Core;

/// <summary>The status codes of a call, with the numbers the gRPC protocol assigns to them (grpc/grpc, doc/statuscodes.md).</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, typically by its caller.</summary>
    Cancelled = 1,

    /// <summary>An error of which nothing more is known.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the system is.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call completed.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist, or must not be known to exist by this caller.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a rate limit or a message size limit was reached.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state the operation needs; retrying does not help until the state is changed.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict between concurrent writers; read again and repeat the whole sequence.</summary>
    Aborted = 10,

    /// <summary>A position past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The service or method is not offered here.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the server is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached at present; the call may be repeated when it is idempotent.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
